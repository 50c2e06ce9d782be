using System.Globalization;

namespace Lending.Kernel.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", "250", "250.00")]
    [InlineData("EUR", "250.0000", "250.00")]
    [InlineData("EUR", "0.005", "0.00")]
    [InlineData("EUR", "0.015", "0.02")]
    [InlineData("EUR", "-0.015", "-0.02")]
    [InlineData("EUR", "0", "0.00")]
    [InlineData("JPY", "250.5", "250")]
    [InlineData("JPY", "251.5", "252")]
    [InlineData("KWD", "250", "250.000")]
    [InlineData("KWD", "0.0015", "0.002")]
    public void Rounds_half_to_even_and_carries_exactly_the_scale_of_the_currency(string code, string amount, string expected) =>
        Currency
            .Get(code)
            .Round(decimal.Parse(amount, CultureInfo.InvariantCulture))
            .ToString(CultureInfo.InvariantCulture)
            .ShouldBe(expected);

    [Theory]
    [InlineData("EUR", "0.01", true)]
    [InlineData("EUR", "0.0100", true)]
    [InlineData("EUR", "0.001", false)]
    [InlineData("JPY", "1", true)]
    [InlineData("JPY", "0.1", false)]
    [InlineData("KWD", "0.001", true)]
    [InlineData("KWD", "0.0001", false)]
    public void An_amount_has_the_scale_if_it_is_whole_minor_units(string code, string amount, bool expected) =>
        Currency.Get(code).HasScale(decimal.Parse(amount, CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Theory]
    [InlineData("EUR", 2, "0.01")]
    [InlineData("JPY", 0, "1")]
    [InlineData("XOF", 0, "1")]
    [InlineData("CLP", 0, "1")]
    [InlineData("TND", 3, "0.001")]
    public void Knows_the_minor_unit(string code, int digits, string unit)
    {
        var currency = Currency.Get(code);

        currency.MinorUnitDigits.ShouldBe(digits);
        currency.MinorUnit.ToString(CultureInfo.InvariantCulture).ShouldBe(unit);
        currency.Zero.Scale.ShouldBe((byte)digits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")] // No currency.
    [InlineData("XAU")] // Gold.
    [InlineData("CLF")] // A funds code.
    [InlineData("HRK")] // Withdrawn.
    public void Does_not_find_what_is_no_current_currency(string? code)
    {
        Currency.Find(code).ShouldBeNull();
        Currency.TryFind(code, out _).ShouldBeFalse();
    }

    [Fact]
    public void Getting_an_unknown_currency_fails_and_names_it() =>
        Should.Throw<ArgumentException>(() => Currency.Get("ABC")).Message.ShouldContain("ABC");

    [Fact]
    public void Each_code_has_one_instance() => Currency.Find("EUR").ShouldBeSameAs(Currency.Get("EUR"));

    [Fact]
    public void Has_the_155_current_codes_of_three_capital_letters()
    {
        Currency.All.Count.ShouldBe(155);
        Currency.All.ShouldAllBe(currency => currency.Code.Length == 3 && currency.Code.All(char.IsAsciiLetterUpper));
    }

    [Fact]
    public void Prints_its_code() => Currency.Get("EUR").ToString().ShouldBe("EUR");
}
