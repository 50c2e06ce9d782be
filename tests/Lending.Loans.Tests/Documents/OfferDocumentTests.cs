using System.Globalization;
using Lending.Loans.Amortization;
using Lending.Loans.Documents;
using Lending.Loans.Offers;
using Lending.Pdf;
using Lending.Testing;
using static Lending.Loans.Tests.Documents.SampleOffers;

namespace Lending.Loans.Tests.Documents;

public sealed class OfferDocumentTests
{
    public static readonly TheoryData<string> Languages = ["en", "de"];

    [Fact]
    public void English_document_says_who_what_and_how_much()
    {
        var words = Words(Plain, English);

        words.ShouldContain("Loan offer");
        words.ShouldContain("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a 3 31 December 2026");
        words.ShouldContain("Sonnenkraft Groß & Söhne GmbH");
        words.ShouldContain("Łukasz Dvořák Şahin ulica Słoneczna 7 90-001 Łódź Ελλάδα lukasz@example.org");
        words.ShouldContain("€24,500.00");
        words.ShouldContain("4.90% a year, fixed for the whole term");
        words.ShouldContain($"{English.Amount(Plain.Quote.TotalPayable, Plain.Currency)}");
        words.ShouldContain("First instalment due 31 January 2027");
        words.ShouldContain("Last instalment due 31 December 2036");
        words.ShouldContain("The annual percentage rate of charge (APRC) is 5.0%.");
        words.ShouldContain("within 14 calendar days without giving a reason");
        words.ShouldContain("the end of the 30th day after the day of approval");
        words.ShouldContain($"SHA-256 {Plain.Hash}");
        words.ShouldContain("Repayment schedule");
        words.ShouldNotContain("fee", Case.Insensitive);
        words.ShouldNotContain("□");
    }

    [Fact]
    public void German_document_says_it_in_German_with_German_numbers_and_dates()
    {
        var words = Words(Plain, German);

        words.ShouldContain("Darlehensangebot");
        words.ShouldContain("31.12.2026");
        words.ShouldContain("24.500,00 €");
        words.ShouldContain("4,90 % pro Jahr, gebunden für die gesamte Laufzeit");
        words.ShouldContain($"{German.Amount(Plain.Quote.TotalPayable, Plain.Currency)} €");
        words.ShouldContain("Letzte Rate fällig am 31.12.2036");
        words.ShouldContain("Der effektive Jahreszins beträgt 5,0 %.");
        words.ShouldContain("innerhalb von 14 Tagen ohne Angabe von Gründen");
        words.ShouldContain("Tilgungsplan");
        words.ShouldNotContain("Gebühr");
        words.ShouldNotContain("□");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Costs_add_up_on_paper(string language)
    {
        var wording = Wording.All.Single(wording => wording.Language == language);
        var offer = Long;
        var quote = offer.Quote;

        var words = Words(offer, wording);

        foreach (var amount in new[] { quote.TotalInterest, quote.UpfrontFee, quote.FinancedFee, offer.TotalMonthlyFees, quote.DealerFee })
        {
            amount.ShouldNotBe(0);
            words.ShouldContain(Printed(amount));
        }
        words.ShouldContain($"{wording.TotalCostOfCredit} {Printed(quote.TotalCostOfCredit)}");
        words.ShouldContain($"{wording.TotalPayable} {Printed(quote.TotalPayable)}");
        (quote.TotalInterest + quote.UpfrontFee + quote.FinancedFee + offer.TotalMonthlyFees + quote.DealerFee).ShouldBe(
            quote.TotalCostOfCredit
        );
        (quote.TotalCostOfCredit + quote.AmountOfCredit).ShouldBe(quote.TotalPayable);

        // Extracted text has plain spaces where the document keeps words together.
        string Printed(decimal amount) => wording.Money(amount, offer.Currency).Replace('\u00A0', ' ');
    }

    [Theory]
    [InlineData(0, "€2.19", "2,19 €")]
    [InlineData(5, "€2.08", "2,08 €")]
    public void What_it_says_of_a_withdrawal_is_what_has_to_be_paid_back_then(double dealerFeePercent, string english, string german)
    {
        var fees = Fees(upfront: 150m, financed: 99m, monthly: 2.5m, dealer: (decimal)dealerFeePercent);
        var offer = Of(TermsOf(10_000m, 120, "EUR", ratePercent: 8m) with { Fees = fees });
        var (paidOut, due) = (offer.Date, offer.Date.AddDays(LoanOffer.RepaymentDays));
        var owed = WithdrawalRepayment.Of(10_000m, offer.Quote.DealerFee, 8m, "EUR", paidOut, due);

        owed.Amount.ShouldBe(offer.Quote.AmountOfCredit);
        English.Money(owed.DailyInterest, offer.Currency).ShouldBe(english);
        var words = Words(offer, English);
        words.ShouldContain("you repay it without undue delay and within 30 calendar days of sending your notice");
        words.ShouldContain("interest at the agreed borrowing rate from the day of payout to the day of repayment");
        words.ShouldContain($"{english} for each day if the whole amount was paid out");
        var germanWords = Words(offer, German);
        germanWords.ShouldContain("spätestens innerhalb von 30 Tagen nach Absendung des Widerrufs zurückzuzahlen");
        germanWords.ShouldContain($"{german} für jeden Tag, wenn der ganze Betrag ausgezahlt wurde");
    }

    [Fact]
    public void An_offer_from_before_the_Aprc_was_computed_says_so()
    {
        var legacy = Plain with { AprcPercent = null };

        var english = Words(legacy, English);
        var german = Words(legacy, German);

        english.ShouldContain("APRC) was not computed when this offer was made.");
        english.ShouldContain("Annual percentage rate of charge (APRC) not computed");
        english.ShouldNotContain("5.0%");
        english.ShouldNotContain("It assumes that");
        german.ShouldContain("Der effektive Jahreszins wurde bei Erstellung dieses Angebots nicht berechnet.");
        german.ShouldContain("Effektiver Jahreszins nicht berechnet");
        german.ShouldNotContain("5,0 %");
        german.ShouldNotContain("Angenommen wird");
        foreach (var wording in Wording.All)
        {
            ShouldStayInsideTheMargins(OfferDocument.Render(legacy, wording));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_row_of_the_schedule_is_printed_once_and_in_order(string language)
    {
        var wording = Wording.All.Single(wording => wording.Language == language);

        var pages = PdfReader.Pages(OfferDocument.Render(Long, wording));

        var lines = string.Join('\n', pages)
            .Split('\n')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
        var rows = Long
            .Quote.Schedule()
            .Select(row =>
                $"{row.Number} {wording.ShortDate(row.DueDate).Replace('\u00A0', ' ')} {Printed(row.Payment)} {Printed(Long.Quote.MonthlyFee)} "
                + $"{Printed(row.Interest)} {Printed(row.Principal)} {Printed(row.Balance)}"
            )
            .ToList();
        rows.Count.ShouldBe(600);
        lines.Where(line => rows.Contains(line)).ShouldBe(rows);
        lines.ShouldContain(
            $"{wording.Total} {Printed(Long.Quote.TotalPayment)} {Printed(Long.TotalMonthlyFees)} {Printed(Long.Quote.TotalInterest)} {Printed(Long.Quote.AmountOwed)}"
        );

        string Printed(decimal amount) => wording.Amount(amount, Long.Currency);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_page_names_the_offer_its_version_its_hash_and_its_number(string language)
    {
        var wording = Wording.All.Single(wording => wording.Language == language);

        var pages = PdfReader.Pages(OfferDocument.Render(Long, wording));

        pages.Count.ShouldBeInRange(18, 22);
        for (var number = 1; number <= pages.Count; number++)
        {
            var footer = pages[number - 1].TrimEnd().Split('\n')[^1];
            footer.ShouldContain("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a");
            footer.ShouldContain("Version 3");
            footer.ShouldContain("3f9a1c2b4d5e…");
            footer.ShouldEndWith(wording.Format.Page(number, pages.Count));
        }
    }

    [Fact]
    public void A_short_schedule_stands_where_there_is_room()
    {
        var pages = PdfReader.Pages(OfferDocument.Render(Of(TermsOf(500m, 3, "EUR") with { Fees = Long.Quote.Terms.Fees }), English));
        pages.Count.ShouldBe(3);
        pages[2].ShouldContain("Acceptance");
        pages[2].ShouldContain("Repayment schedule");

        PdfReader.Pages(OfferDocument.Render(Plain, English))[2].ShouldContain("Repayment schedule");
    }

    [Theory]
    [InlineData("JPY", 1_000_000, "¥1,000,000", "1.000.000 ¥")]
    [InlineData("KWD", 1_000_000, "KWD 1,000,000.000", "1.000.000,000 KWD")]
    [InlineData("CHF", 1_000_000, "CHF 1,000,000.00", "1.000.000,00 CHF")]
    public void Amounts_have_their_currencys_decimals(string currency, int amount, string english, string german)
    {
        var offer = Of(TermsOf(amount, 360, currency) with { Fees = Fees(upfront: 150m, financed: 0m, monthly: 3m, dealer: 2m) });

        Words(offer, English).ShouldContain(english);
        Words(offer, German).ShouldContain(german);
        ShouldStayInsideTheMargins(OfferDocument.Render(offer, German));
    }

    [Theory]
    [InlineData('W', false)]
    [InlineData('W', true)]
    [InlineData('ß', true)]
    public void Long_names_stay_inside_the_margins(char letter, bool hasSpaces)
    {
        var name = string.Concat(Enumerable.Range(0, 100).Select(index => hasSpaces && index % 9 == 8 ? ' ' : letter));
        var offer = Long with
        {
            Lender = name,
            CustomerName = name,
            CustomerEmail = new string(letter, 100),
            CustomerAddress = $"{name}\n{name}\n{name}\n{name}",
            ProductName = name,
        };

        foreach (var wording in Wording.All)
        {
            var pdf = OfferDocument.Render(offer, wording);
            ShouldStayInsideTheMargins(pdf);
            string.Concat(PdfReader.Words(pdf).Where(character => character == letter)).Length.ShouldBeGreaterThan(700);
        }
    }

    [Fact]
    public void Different_instalments_are_told_in_words_or_left_to_the_schedule()
    {
        var falling = Of(TermsOf(24_500m, 120, "EUR") with { Method = ScheduleMethod.EqualPrincipal });
        var stepped = Of(
            TermsOf(24_500m, 120, "EUR") with
            {
                Method = ScheduleMethod.DecliningBalance,
                RateSteps = [new RateStep(61, 5.9m)],
            }
        );

        var payments = falling.Quote.Schedule().Select(row => row.Payment).ToList();
        Words(falling, English).ShouldContain($"120 monthly instalments between €{payments.Min()} and €{payments.Max()}, as listed");
        Words(falling, German).ShouldContain("120 Monatsraten zwischen ");
        Words(falling, English).ShouldContain("First instalment");
        Words(stepped, English).ShouldContain("4.90% a year, from instalment 61: 5.90%; fixed for each of these periods");
        Words(stepped, German).ShouldContain("4,90 % pro Jahr, ab Rate 61: 5,90 %; gebunden in jedem dieser Abschnitte");
        Words(stepped, English).ShouldContain($"60 monthly instalments of €{stepped.Quote.MonthlyPayment}, then ");
    }

    [Fact]
    public void The_same_version_gives_the_same_bytes_on_every_machine()
    {
        var before = CultureInfo.CurrentCulture;
        foreach (var wording in Wording.All)
        {
            var expected = OfferDocument.Render(Long, wording);
            foreach (var culture in new[] { "ar-SA", "tr-TR", "de-DE", "fa-IR" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                OfferDocument.Render(Long, wording).AsSpan().SequenceEqual(expected).ShouldBeTrue(culture);
            }
            CultureInfo.CurrentCulture = before;
            OfferDocument.Render(Long with { Version = 4 }, wording).AsSpan().SequenceEqual(expected).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_code_holds_offer_version_and_hash() =>
        Plain.VerificationText.ShouldBe(
            "lending:offer:0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a:v3:sha256:3f9a1c2b4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8"
        );

    [Fact]
    public void No_wording_lacks_a_word()
    {
        var texts = typeof(Wording).GetProperties().Where(property => property.PropertyType == typeof(string)).ToList();
        texts.Count.ShouldBeGreaterThan(40);
        foreach (var wording in Wording.All)
        {
            texts.ShouldAllBe(text => !string.IsNullOrWhiteSpace((string?)text.GetValue(wording)));
        }
    }

    private static string Words(OfferDocumentModel offer, Wording wording) => PdfReader.Words(OfferDocument.Render(offer, wording));

    private static void ShouldStayInsideTheMargins(byte[] pdf)
    {
        var words = PdfReader.Places(pdf);
        words.Count.ShouldBeGreaterThan(1000);
        words.Where(word => word.Left < PdfFlow.Left - 0.5 || word.Right > PdfFlow.Right + 0.5).ShouldBeEmpty();
        words.Where(word => word.Top < 30 || word.Bottom > PdfDocument.PageHeight - 25).ShouldBeEmpty();
    }
}
