using System.Globalization;
using Lending.Kernel;
using Lending.Pdf;

namespace Lending.Disclosures.Form;

/// <summary>What the form says in one language.</summary>
internal abstract class FormTexts(DocumentLanguage format)
{
    /// <summary>More different instalments than this are left to the schedule.</summary>
    private const int MostRunsInWords = 4;

    /// <summary>The texts of each language, the default first.</summary>
    public static readonly IReadOnlyDictionary<string, FormTexts> All = new Dictionary<string, FormTexts>(StringComparer.Ordinal)
    {
        ["en"] = new EnglishTexts(),
        ["de"] = new GermanTexts(),
    };

    public abstract string Title { get; }

    public abstract string? Note { get; }

    /// <summary>The heading of each part.</summary>
    public abstract IReadOnlyDictionary<string, string> Headings { get; }

    /// <summary>The label of each row, and what it means.</summary>
    public abstract IReadOnlyDictionary<string, (string Label, string? Explanation)> Labels { get; }

    public abstract string MissedPayments { get; }
    public abstract string Withdrawal { get; }
    public abstract string OtherDrawdowns { get; }
    public abstract string NoAmortisation { get; }
    public abstract string PersonalisedPrice { get; }
    public abstract string Compensation { get; }
    public abstract string Database { get; }
    public abstract string DraftAgreement { get; }
    public abstract string OtherBreaches { get; }
    public abstract string LanguageOfAgreement { get; }
    public abstract string OfferHash { get; }
    public abstract string FormHash { get; }

    public abstract string Reference(FormFacts facts);
    public abstract string Duration(FormFacts facts);
    public abstract string Rates(FormFacts facts);
    public abstract string AnnualPercentageRate(FormFacts facts);
    public abstract string TotalPayable(FormFacts facts);
    public abstract string Goods(FormFacts facts);
    public abstract string LatePaymentCosts(FormFacts facts);
    public abstract string Instalments(FormFacts facts);
    public abstract string EarlyRepayment(FormFacts facts);
    public abstract string CreditType(FormFacts facts);
    public abstract string Drawdown(FormFacts facts);
    public abstract string RateConditions(FormFacts facts);
    public abstract string Example(FormFacts facts);
    public abstract string AncillaryServices(FormFacts facts);
    public abstract string Charges(FormFacts facts);
    public abstract string Validity(FormFacts facts);
    public abstract string ScheduleReference(FormFacts facts);
    public abstract string HowToWithdraw(FormFacts facts);

    public string Money(decimal amount, Currency currency) => format.Money(amount, currency);

    public string Date(DateOnly date) => format.LongDate(date);

    public string CreditorContact(FormFacts facts) =>
        Contact(facts.Creditor.Address, facts.Creditor.Phone, facts.Creditor.Email, facts.Creditor.Website);

    public string IntermediaryContact(FormFacts facts) =>
        facts.Creditor.Intermediary is { } them ? Contact(them.Address, them.Phone, them.Email, them.Website) : "";

    public FormTable Schedule(FormFacts facts)
    {
        var rows = new List<IReadOnlyList<string>>();
        var fee = facts.Credit.MonthlyFee;
        var instalments = facts.Credit.Instalments;
        for (var index = 0; index < instalments.Count; index++)
        {
            var row = instalments[index];
            rows.Add([
                (index + 1).ToString(CultureInfo.InvariantCulture),
                Date(row.DueOn),
                format.Amount(row.Payment + fee, facts.Currency),
                format.Amount(row.Interest, facts.Currency),
                format.Amount(fee, facts.Currency),
                format.Amount(row.Principal, facts.Currency),
                format.Amount(row.Balance, facts.Currency),
            ]);
        }
        rows.Add([
            ScheduleSum,
            "",
            format.Amount(instalments.Sum(row => row.Payment + fee), facts.Currency),
            format.Amount(instalments.Sum(row => row.Interest), facts.Currency),
            format.Amount(facts.TotalMonthlyFees, facts.Currency),
            format.Amount(instalments.Sum(row => row.Principal), facts.Currency),
            "",
        ]);
        return new FormTable(ScheduleCaption(facts), ScheduleHeaders, rows);
    }

    /// <summary>A nominal rate, with all of its decimals and at least two.</summary>
    public string Rate(decimal percent) => format.Percent(percent);

    protected abstract IReadOnlyList<string> ScheduleHeaders { get; }

    protected abstract string ScheduleSum { get; }

    protected abstract string ScheduleCaption(FormFacts facts);

    protected abstract string Contact(string address, string phone, string email, string? website);

    /// <summary>How long the credit is repaid.</summary>
    protected string Months(FormFacts facts) => format.Months(facts.Credit.Instalments.Count);

    /// <summary>A number of percentage points, with as many decimals as it has.</summary>
    protected string Points(decimal points) => format.Number(points, "0.####");

    /// <summary>An annual percentage rate of charge, to one decimal, half up.</summary>
    protected string Annual(decimal percent) => format.Percent(decimal.Round(percent, 1, MidpointRounding.AwayFromZero), "0.0");

    /// <summary>Instalments in words, where they are few.</summary>
    protected static bool AreFew(FormFacts facts) => facts.Runs.Count <= MostRunsInWords;

    /// <summary>The fees that the credit has, each in its own words.</summary>
    protected static IEnumerable<string> FeesOf(
        FormFacts facts,
        Func<decimal, string> upfront,
        Func<decimal, string> financed,
        Func<decimal, string> monthly,
        Func<decimal, string> dealer
    ) =>
        new[]
        {
            (facts.Credit.UpfrontFee, upfront),
            (facts.Credit.FinancedFee, financed),
            (facts.Credit.MonthlyFee, monthly),
            (facts.Credit.DealerFee, dealer),
        }
            .Where(fee => fee.Item1 != 0)
            .Select(fee => fee.Item2(fee.Item1));
}
