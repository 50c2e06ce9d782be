using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Pdf;

namespace Lending.Loans.Documents;

/// <summary>
/// What the document says in one language. The legal texts are neutral summaries: see decision 42.
/// </summary>
internal abstract class Wording(DocumentLanguage format)
{
    /// <summary>More different instalments than this are left to the schedule.</summary>
    protected const int MostInstalmentsInWords = 4;

    /// <summary>The languages that documents exist in, the default first.</summary>
    public static readonly IReadOnlyList<Wording> All = [new EnglishWording(), new GermanWording()];

    /// <summary>The wording in the language that a reader likes best of those there are.</summary>
    public static Wording For(string? acceptLanguage)
    {
        var language = DocumentLanguage.For(acceptLanguage);
        return All.First(wording => wording.Format == language);
    }

    /// <summary>How the language writes numbers and days.</summary>
    public DocumentLanguage Format => format;

    /// <summary>The language as in <c>de</c> (BCP 47).</summary>
    public string Language => Format.Code;

    public abstract string Title { get; }
    public abstract string Subtitle { get; }
    public abstract string OfferNumber { get; }
    public abstract string Version { get; }
    public abstract string Date { get; }
    public abstract string Lender { get; }
    public abstract string Customer { get; }
    public abstract string AmountOfCredit { get; }
    public abstract string MonthlyInstalment { get; }
    public abstract string FirstInstalment { get; }
    public abstract string Term { get; }
    public abstract string Aprc { get; }
    public abstract string AprcShort { get; }
    public abstract string NotComputed { get; }
    public abstract string TotalPayable { get; }

    public abstract string MainFeatures { get; }
    public abstract string CreditType { get; }
    public abstract string CreditTypeText { get; }
    public abstract string Product { get; }
    public abstract string CashPrice { get; }
    public abstract string AmountOwed { get; }
    public abstract string BorrowingRate { get; }
    public abstract string Instalments { get; }
    public abstract string FirstDueDate { get; }
    public abstract string LastDueDate { get; }
    public abstract string Payout { get; }
    public abstract string PayoutText { get; }
    public abstract string Allocation { get; }
    public abstract string AllocationText { get; }
    public abstract string Calculation { get; }

    public abstract string Costs { get; }
    public abstract string Interest { get; }
    public abstract string UpfrontFee { get; }
    public abstract string FinancedFee { get; }
    public abstract string MonthlyFees { get; }
    public abstract string DealerFee { get; }
    public abstract string TotalCostOfCredit { get; }

    public abstract string RepresentativeExample { get; }

    public abstract string Withdrawal { get; }
    public abstract string EarlyRepayment { get; }
    public abstract string EarlyRepaymentText { get; }
    public abstract string LatePayment { get; }
    public abstract string LatePaymentText { get; }
    public abstract string Validity { get; }

    public abstract string Acceptance { get; }
    public abstract string PlaceAndDate { get; }
    public abstract string Signature { get; }
    public abstract string Verification { get; }
    public abstract string VerificationText { get; }
    public abstract string Hash { get; }

    public abstract string Schedule { get; }
    public abstract string Number { get; }
    public abstract string DueDate { get; }
    public abstract string Payment { get; }
    public abstract string Principal { get; }
    public abstract string Fee { get; }
    public abstract string Balance { get; }
    public abstract string Total { get; }

    public string Months(int count) => Format.Months(count);

    public string Money(decimal amount, Currency currency) => Format.Money(amount, currency);

    public string LongDate(DateOnly date) => Format.LongDate(date);

    public string ShortDate(DateOnly date) => Format.ShortDate(date);

    public abstract string RateText(OfferDocumentModel offer);

    public abstract string InstalmentsText(OfferDocumentModel offer);

    public abstract string CalculationText(OfferDocumentModel offer);

    public abstract string ExampleText(OfferDocumentModel offer);

    public abstract string AprcAssumptionsText(OfferDocumentModel offer);

    public abstract string WithdrawalText(OfferDocumentModel offer);

    public abstract string WithdrawalConsequences(OfferDocumentModel offer);

    public abstract string ValidityText(OfferDocumentModel offer);

    public abstract string AcceptanceText(OfferDocumentModel offer);

    public abstract string ScheduleText(OfferDocumentModel offer);

    /// <summary>An amount without its currency, with all of the currency's decimals.</summary>
    public string Amount(decimal amount, Currency currency) => Format.Amount(amount, currency);

    /// <summary>A nominal rate, with all of its decimals and at least two.</summary>
    public string Rate(decimal percent) => Format.Percent(percent);

    /// <summary>An APRC, to one decimal, half up; or in words that there is none.</summary>
    public string AprcRate(decimal? percent) =>
        percent is { } known ? Format.Percent(decimal.Round(known, 1, MidpointRounding.AwayFromZero), "0.0") : NotComputed;

    protected static int CountOf(InstalmentGroup run) => run.ToNumber - run.FromNumber + 1;

    /// <summary>The fees that the offer has, as parts of a sentence.</summary>
    protected static IEnumerable<string> FeesOf(
        OfferDocumentModel offer,
        Func<decimal, string> upfront,
        Func<decimal, string> financed,
        Func<decimal, string> monthly,
        Func<decimal, string> dealer
    ) =>
        new[]
        {
            (offer.Quote.UpfrontFee, upfront),
            (offer.Quote.FinancedFee, financed),
            (offer.Quote.MonthlyFee, monthly),
            (offer.Quote.DealerFee, dealer),
        }
            .Where(fee => fee.Item1 != 0)
            .Select(fee => fee.Item2(fee.Item1));
}
