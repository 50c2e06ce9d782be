namespace Lending.Payments.Sepa.Tests;

/// <summary>Numbers of accounts, references, creditors and banks: the published cases M1 to M4.</summary>
public sealed class IdentifierTests
{
    [Theory] // M1
    [InlineData("DE89370400440532013000")]
    [InlineData("DE21500500009876543210")]
    [InlineData("DE87200500001234567890")]
    [InlineData("AT611904300234573201")]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("BE31435411161155")]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("de89 3704 0044 0532 0130 00")]
    public void Account_numbers_whose_check_digits_fit_are_taken(string text) =>
        Iban.Parse(text).Value.ShouldBe(text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());

    [Theory]
    [InlineData("DE99370400440532013000")] // M1: check digits
    [InlineData("DE22500500009876543210")] // M1
    [InlineData("GB94BARC20201530093459")] // M1
    [InlineData("DE8937040044053201300")] // a digit less
    [InlineData("XX89370400440532013000")]
    [InlineData("DE89-3704-0044-0532-0130-00")]
    [InlineData("DE8937040044053201300Ä")]
    [InlineData("")]
    [InlineData(null)]
    public void Others_are_not(string? text) => Iban.IsValid(text).ShouldBeFalse();

    [Fact]
    public void One_wrong_digit_and_two_swapped_ones_are_always_noticed()
    {
        const string right = "DE89370400440532013000";
        for (var place = 4; place < right.Length; place++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var changed = right[..place] + digit + right[(place + 1)..];
                Iban.IsValid(changed).ShouldBe(changed == right);
            }
            if (place > 4)
            {
                var swapped = right[..(place - 1)] + right[place] + right[place - 1] + right[(place + 1)..];
                Iban.IsValid(swapped).ShouldBe(swapped == right);
            }
        }
    }

    [Fact]
    public void What_an_account_number_writes_by_itself_is_masked()
    {
        var iban = Iban.Parse("DE89370400440532013000");

        $"{iban}".ShouldBe("DE89…3000");
        iban.Masked.ShouldBe("DE89…3000");
    }

    [Theory] // M2
    [InlineData("RF18539007547034", true)]
    [InlineData("RF18 5390 0754 7034", true)]
    [InlineData("RF185390075470Y", true)]
    [InlineData("RF84LN202600000001", true)]
    [InlineData("RF17539007547034", false)]
    [InlineData("RF18", false)]
    [InlineData("RF1853900754703400000000000", false)]
    [InlineData("DE18539007547034", false)]
    [InlineData(null, false)]
    public void References_are_those_of_ISO_11649(string? text, bool expected) => CreditorReference.IsValid(text).ShouldBe(expected);

    [Fact]
    public void A_reference_is_made_around_what_was_chosen()
    {
        CreditorReference.Of("LN202600000001").ShouldBe("RF84LN202600000001"); // M2
        Should.Throw<ArgumentException>(() => CreditorReference.Of("ln1"));
        Should.Throw<ArgumentException>(() => CreditorReference.Of(new string('1', 22)));
    }

    [Theory] // M3
    [InlineData("DE98ZZZ09999999999", true)]
    [InlineData("ES23ZZZ47690558N", true)]
    [InlineData("ES2300047690558N", true)]
    [InlineData("MT50ZZZ670169305T", true)]
    [InlineData("NL53ZZZ091734220000", true)]
    [InlineData("AT12ZZZ00000000001", false)]
    [InlineData("FR12ZZZ123456", false)]
    [InlineData("NL97ZZZ123456780001", false)]
    [InlineData("DE98ZZZ", false)]
    [InlineData(null, false)]
    public void Creditors_are_checked_without_the_three_characters_that_they_choose(string? text, bool expected) =>
        CreditorIdentifier.IsValid(text).ShouldBe(expected);

    [Theory] // M4
    [InlineData("AGRIFRPP", true)]
    [InlineData("DEUTDEDBDUE", true)]
    [InlineData("GENODE61HR", false)]
    [InlineData("AGRIF2PP", false)]
    [InlineData("agrifrpp", false)]
    [InlineData("AGRIFRPP\n", false)]
    public void Codes_of_banks_have_a_shape(string text, bool expected) => Bic.IsValid(text).ShouldBe(expected);
}
