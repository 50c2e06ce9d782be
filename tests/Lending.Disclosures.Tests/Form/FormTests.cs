using Lending.Disclosures.Form;

namespace Lending.Disclosures.Tests.Form;

/// <summary>What the form says: every letter of Article 10, and nothing that does not apply.</summary>
public sealed class FormTests
{
    public static readonly TheoryData<string> Languages = [.. PreContractualForm.Languages];

    /// <summary>The letters of Article 10(3) and (5), counted out once more.</summary>
    public static readonly TheoryData<string> Letters =
    [
        .. "abcdefghijkl".Select(letter => $"10(3)({letter})"),
        .. "abcdefghijklmnopq".Select(letter => $"10(5)({letter})"),
        "10(9)",
    ];

    /// <summary>The rows that are there only where they apply, and what makes them vanish from a full form.</summary>
    public static readonly TheoryData<string> ConditionalRows =
    [
        "intermediary",
        "goods",
        "intermediary-contact",
        "other-drawdowns",
        "sureties",
        "no-amortisation",
        "personalised-price",
        "charges",
        "notary",
        "compensation",
        "validity",
        "representative",
        "register",
        "supervisor",
        "law-and-court",
    ];

    [Theory]
    [MemberData(nameof(Letters))]
    public void Every_letter_of_article_10_has_its_row(string letter)
    {
        foreach (var language in PreContractualForm.Languages)
        {
            var row = RowsOf(Samples.Full, language).FirstOrDefault(row => row.Fulfils.Contains(letter)).ShouldNotBeNull();
            row.Label.ShouldNotBeNullOrWhiteSpace();
            row.Value.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public void Every_row_fulfils_something()
    {
        FormRows.All.ShouldNotBeEmpty();
        FormRows.All.ShouldAllBe(rule => rule.Fulfils.Length > 0);
        FormRows.All.Select(rule => rule.Key).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(ConditionalRows))]
    public void A_row_that_does_not_apply_vanishes(string key)
    {
        RowsOf(Samples.Full).ShouldContain(row => row.Topic == key);
        RowsOf(Without(key)).ShouldNotContain(row => row.Topic == key);
        RowsOf(Samples.Plain).ShouldNotContain(row => row.Topic == key);
    }

    [Fact]
    public void All_other_rows_are_always_there()
    {
        var always = FormRows.All.Select(rule => rule.Key).Except(ConditionalRows.Select(row => row.Data));

        RowsOf(Samples.Plain).Select(row => row.Topic).ShouldBe(always);
        RowsOf(Samples.Full).Count.ShouldBe(FormRows.All.Count);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_a_label_for_each_row_and_none_besides(string language)
    {
        var texts = FormTexts.All[language];

        texts.Labels.Keys.ShouldBe(FormRows.All.Select(rule => rule.Key), ignoreOrder: true);
        texts.Headings.Keys.ShouldBe(FormRows.All.Select(rule => rule.Section).Distinct(), ignoreOrder: true);
        texts.Labels.Values.Select(label => label.Label).ShouldBeUnique();
    }

    [Fact]
    public void Key_information_comes_first_and_has_the_letters_of_paragraph_3_alone()
    {
        var form = Samples.FormOf(Samples.Full);

        form.Sections.Select(section => section.Part)
            .ShouldBe(["key-information-1", "key-information-2", "main-features", "costs", "legal-aspects", "distance-marketing"]);
        LettersOf(form.Sections[0]).ShouldBe("abcdefg".Select(letter => $"10(3)({letter})"));
        LettersOf(form.Sections[1]).ShouldBe("hijkl".Select(letter => $"10(3)({letter})"));
        form.Sections.Skip(2).SelectMany(LettersOf).ShouldNotContain(letter => letter.StartsWith("10(3)", StringComparison.Ordinal));

        static IEnumerable<string> LettersOf(FormSection section) => section.Rows.SelectMany(row => row.Fulfils).Distinct();
    }

    [Fact]
    public void It_says_the_figures_of_the_offer()
    {
        ValueOf("amount-of-credit").ShouldBe("€1,000.00");
        ValueOf("duration").ShouldBe("3\u00A0months, from the payout on 1\u00A0January\u00A02027 to 1\u00A0April\u00A02027");
        ValueOf("borrowing-rate").ShouldBe("6.00% a year, fixed");
        ValueOf("annual-percentage-rate").ShouldBe("6.2%");
        ValueOf("total-payable")
            .ShouldStartWith("€1,010.01: the total amount of credit of €1,000.00 and the total cost of the credit of €10.01");
        ValueOf("late-payment-costs").ShouldContain("5 percentage points above the base rate");
        ValueOf("instalments")
            .ShouldStartWith("You will have to pay 3 monthly instalments of €336.67, the first one on 1\u00A0February\u00A02027.");
        ValueOf("representative-example").ShouldContain("The APR is 6.2%.");
        ValueOf("representative-example").ShouldContain("Assumed: the credit is paid out in full on 1\u00A0January\u00A02027");
        ValueOf("how-to-withdraw").ShouldContain("€0.16 for each day");

        static string ValueOf(string key) => RowsOf(Samples.Plain).Single(row => row.Topic == key).Value;
    }

    [Fact]
    public void It_says_all_fees_and_later_rates()
    {
        ValueOf("charges").ShouldContain("€12.50");
        ValueOf("charges").ShouldContain("€25.00");
        ValueOf("charges").ShouldContain("€1.90 with each instalment, €5.70 in all");
        ValueOf("charges").ShouldContain("€40.00");
        ValueOf("borrowing-rate").ShouldBe("6.00% a year, fixed, up to instalment 2; from instalment 3: 7.25%, fixed");
        ValueOf("validity")
            .ShouldBe("The information contained in this form is valid from 1\u00A0December\u00A02026 until 15\u00A0January\u00A02027.");

        static string ValueOf(string key) => RowsOf(Samples.Full).Single(row => row.Topic == key).Value;
    }

    [Fact]
    public void The_schedule_lists_each_payment_with_its_fee_and_the_sum()
    {
        var schedule = Samples.FormOf(Samples.Full).Schedule;

        schedule.Rows[0].ShouldBe(["1", "1\u00A0February\u00A02027", "338.57", "5.00", "1.90", "331.67", "668.33"]);
        schedule.Rows[^1].ShouldBe(["Sum", "", "1,015.71", "10.01", "5.70", "1,000.00", ""]);
        schedule.Rows.Count.ShouldBe(4);
    }

    [Fact]
    public void German_says_it_in_German_and_that_it_is_a_translation()
    {
        var form = Samples.FormOf(Samples.Plain, "de");

        form.Note.ShouldNotBeNull().ShouldContain("Übersetzung");
        form.Sections[0].Rows.Single(row => row.Topic == "amount-of-credit").Value.ShouldBe("1.000,00\u00A0€");
        form.Sections[0].Rows.Single(row => row.Topic == "borrowing-rate").Value.ShouldBe("6,00\u00A0% pro Jahr, fest");
        form.Schedule.Headers.ShouldContain("Restschuld");
    }

    [Fact]
    public void What_is_kept_reads_as_it_was_and_its_hash_depends_on_everything()
    {
        var form = Samples.FormOf(Samples.Full, "de");
        var json = form.ToJson();

        PreContractualForm.Parse(json, PreContractualForm.FormatVersion).ToJson().ShouldBe(json);
        json.ShouldContain(Samples.FullCredit.DocumentHash);
        PreContractualForm.Hash(json).ShouldBe(PreContractualForm.Hash(Samples.FormOf(Samples.Full, "de").ToJson()));
        PreContractualForm.Hash(json).ShouldNotBe(PreContractualForm.Hash(Samples.FormOf(Samples.Full).ToJson()));
        PreContractualForm
            .Hash(json)
            .ShouldNotBe(PreContractualForm.Hash(Samples.FormOf(Samples.Full with { Sureties = null }, "de").ToJson()));
    }

    private static List<FormRow> RowsOf(FormFacts facts, string language = "en") =>
        [.. Samples.FormOf(facts, language).Sections.SelectMany(section => section.Rows)];

    private static FormFacts Without(string key)
    {
        var full = Samples.Full;
        var creditor = full.Creditor;
        return key switch
        {
            "intermediary" or "intermediary-contact" => full with { Creditor = creditor with { Intermediary = null } },
            "goods" => full with { Goods = null },
            "other-drawdowns" => full with { Creditor = creditor with { HasDearerDrawdowns = false } },
            "sureties" => full with { Sureties = null },
            "no-amortisation" => full with { Creditor = creditor with { RepaysByCapital = false } },
            "personalised-price" => full with { Creditor = creditor with { PersonalisesPrices = false } },
            "charges" => full with { Credit = Samples.Credit, Creditor = creditor with { AccountCharges = null } },
            "notary" => full with { Creditor = creditor with { NotaryCosts = null } },
            "compensation" => full with { Creditor = creditor with { AsksForCompensation = false } },
            "validity" => full with { ValidThrough = null },
            "representative" => full with { Creditor = creditor with { Representative = null } },
            "register" => full with { Creditor = creditor with { Register = null } },
            "supervisor" => full with { Creditor = creditor with { Supervisor = null } },
            "law-and-court" => full with { Creditor = creditor with { LawAndCourt = null } },
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No such row."),
        };
    }
}
