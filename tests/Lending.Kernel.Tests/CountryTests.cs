namespace Lending.Kernel.Tests;

public sealed class CountryTests
{
    [Theory]
    [InlineData("DE")]
    [InlineData("US")]
    [InlineData("AX")]
    [InlineData("ZW")]
    public void Knows_assigned_codes(string code) => Country.IsKnown(code).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("DEU")]
    [InlineData("UK")] // Reserved, but the code of the United Kingdom is GB.
    [InlineData("EU")]
    [InlineData("XX")]
    public void Does_not_know_anything_else(string? code) => Country.IsKnown(code).ShouldBeFalse();

    [Fact]
    public void Has_the_249_codes_of_two_capital_letters()
    {
        Country.Codes.Count.ShouldBe(249);
        Country.Codes.ShouldAllBe(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper));
    }
}
