using Lending.Kernel;
using Lending.Pdf;
using Lending.Servicing.Papers;

namespace Lending.Servicing.Dunning;

/// <summary>What letters say in one language. A lawyer has not read it.</summary>
internal abstract class DunningWording(DocumentLanguage format)
{
    private static readonly DunningWording[] All = [new EnglishDunningWording(), new GermanDunningWording()];

    /// <summary>The wording of a language; English for any other.</summary>
    public static DunningWording Of(string language) => All.FirstOrDefault(words => words.Format.Code == language) ?? All[0];

    protected DocumentLanguage Format => format;

    /// <summary>Writes a letter.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="demand">What is demanded.</param>
    /// <param name="currency">The currency of its amounts.</param>
    /// <param name="parties">Who writes to whom.</param>
    /// <param name="level">The level: 1, 2, ….</param>
    /// <param name="isNotice">Whether it threatens to call the loan due.</param>
    /// <param name="on">The day on which it is written.</param>
    /// <param name="payBy">The last day to pay.</param>
    public LetterContent Write(
        Guid accountId,
        DunningDemand demand,
        Currency currency,
        PaperParties parties,
        int level,
        bool isNotice,
        DateOnly on,
        DateOnly payBy
    )
    {
        var total = Format.Money(demand.Total, currency);
        return new()
        {
            Language = Format.Code,
            Lender = parties.Lender,
            CustomerName = parties.CustomerName,
            CustomerAddress = parties.CustomerAddress,
            LoanAccountId = accountId,
            WrittenOn = on,
            Currency = currency.Code,
            Title = isNotice ? NoticeTitle : Title(level),
            Salutation = Salutation(parties.CustomerName),
            Demand = Demand(total, Format.LongDate(on), Format.LongDate(payBy), accountId),
            Consequence = isNotice ? NoticeConsequence(total, Format.LongDate(payBy)) : Consequence,
            Help = isNotice ? NoticeHelp : Help,
            Rows = [.. RowsOf(demand, on)],
            Total = demand.Total,
        };
    }

    private IEnumerable<LetterRow> RowsOf(DunningDemand demand, DateOnly on)
    {
        foreach (var instalment in demand.Instalments)
        {
            yield return new(Instalment(Format.LongDate(instalment.DueOn)), instalment.Amount);
        }
        if (demand.Charges != 0)
        {
            yield return new(Charges, demand.Charges);
        }
        if (demand.DefaultInterest != 0)
        {
            yield return new(DefaultInterest(Format.LongDate(on)), demand.DefaultInterest);
        }
        if (demand.Credit != 0)
        {
            yield return new(Credit, -demand.Credit);
        }
    }

    protected abstract string NoticeTitle { get; }
    protected abstract string Consequence { get; }
    protected abstract string Help { get; }
    protected abstract string NoticeHelp { get; }
    protected abstract string Charges { get; }
    protected abstract string Credit { get; }

    protected abstract string Title(int level);

    protected abstract string Salutation(string name);

    protected abstract string Demand(string total, string on, string payBy, Guid accountId);

    protected abstract string NoticeConsequence(string total, string payBy);

    protected abstract string Instalment(string dueOn);

    protected abstract string DefaultInterest(string until);
}
