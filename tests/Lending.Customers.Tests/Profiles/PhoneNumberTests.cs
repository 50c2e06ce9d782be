using FsCheck;
using FsCheck.Fluent;
using Lending.Customers.Profiles;

namespace Lending.Customers.Tests.Profiles;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("+497111234567", "+497111234567")]
    [InlineData("+49 711 1234567", "+497111234567")]
    [InlineData(" +49-711-123.45.67 ", "+497111234567")]
    [InlineData("+49 (711) 123/4567", "+497111234567")]
    [InlineData("0049 711 1234567", "+497111234567")]
    [InlineData("00-49-711-1234567", "+497111234567")]
    [InlineData("+49 (0)711 1234567", "+497111234567")]
    [InlineData("+49\u00A0711\u202F1234567", "+497111234567")]
    [InlineData("+1 (212) 555-0123", "+12125550123")]
    [InlineData("+1234567", "+1234567")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void Separators_are_taken_out(string written, string kept) => PhoneNumber.Normalize(written).ShouldBe(kept);

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("00")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+0711123456")]
    [InlineData("0711 123456")]
    [InlineData("7111234567")]
    [InlineData("++497111234567")]
    [InlineData("+49 711 CALL ME")]
    [InlineData("+49,711,1234567")]
    [InlineData("+497111234567\0")]
    [InlineData("+٤٩٧١١١٢٣٤٥٦٧")]
    [InlineData("00+497111234567")]
    public void What_is_no_international_number_is_refused(string written) => PhoneNumber.Normalize(written).ShouldBeNull();

    [Fact]
    public void Separators_at_any_place_change_nothing()
    {
        var digits = Gen.Choose(7, 15).SelectMany(count => Gen.Choose(1, 9).ArrayOf(count));
        var separators = Gen.Elements("", " ", "-", ".", "(", ")", "/");
        var written =
            from number in digits
            from gaps in separators.ArrayOf(number.Length)
            select (Number: string.Concat(number), Written: string.Concat(number.Zip(gaps, (digit, gap) => $"{digit}{gap}")));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                written.ToArbitrary(),
                sample =>
                    PhoneNumber.Normalize($"+{sample.Written}") == $"+{sample.Number}"
                    && PhoneNumber.Normalize($"00 {sample.Written}") == $"+{sample.Number}"
            )
        );
    }
}
