using Lending.Pdf;
using Lending.Servicing.Books;
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
    /// <param name="contract">What was agreed: the currency of the amounts, and which law holds.</param>
    /// <param name="parties">Who writes to whom.</param>
    /// <param name="level">The level: 1, 2, ….</param>
    /// <param name="isNotice">Whether it threatens to call the loan due.</param>
    /// <param name="on">The day on which it is written.</param>
    /// <param name="payBy">The last day to pay.</param>
    public LetterContent Write(
        Guid accountId,
        DunningDemand demand,
        LoanContract contract,
        PaperParties parties,
        int level,
        bool isNotice,
        DateOnly on,
        DateOnly payBy
    )
    {
        var total = Format.Money(demand.Total, contract.Currency);
        return new()
        {
            Language = Format.Code,
            Lender = parties.LenderInLines,
            CustomerName = parties.CustomerName,
            CustomerAddress = parties.CustomerAddress,
            LoanAccountId = accountId,
            WrittenOn = on,
            Currency = contract.Currency.Code,
            Title = isNotice ? NoticeTitle : Title(level),
            Salutation = Salutation(parties.CustomerName),
            Demand = Demand(
                total,
                Format.LongDate(on),
                Format.LongDate(payBy),
                accountId,
                parties.Account is { } account ? PaperWording.For(Format.Code).Name(account) : null
            ),
            Consequence = isNotice ? NoticeConsequence(contract.Law, total, Format.LongDate(payBy)) : Consequence(contract.Law),
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
    protected abstract string Help { get; }
    protected abstract string NoticeHelp { get; }
    protected abstract string Charges { get; }
    protected abstract string Credit { get; }

    protected abstract string Title(int level);

    protected abstract string Salutation(string name);

    protected abstract string Demand(string total, string on, string payBy, Guid accountId, string? payTo);

    protected abstract string Consequence(LoanLaw law);

    protected abstract string NoticeConsequence(LoanLaw law, string total, string payBy);

    protected abstract string Instalment(string dueOn);

    protected abstract string DefaultInterest(string until);
}
