using Lending.Pdf;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;

namespace Lending.Servicing.Papers;

/// <summary>What papers say in one language. A lawyer has not read it.</summary>
internal abstract class PaperWording(DocumentLanguage format)
{
    /// <summary>The wordings, the default first.</summary>
    public static readonly IReadOnlyList<PaperWording> All = [new EnglishPaperWording(), new GermanPaperWording()];

    /// <summary>The wording in the language that a reader likes best of those there are.</summary>
    public static PaperWording For(string? acceptLanguage)
    {
        var language = DocumentLanguage.For(acceptLanguage);
        return All.First(words => words.Format == language);
    }

    /// <summary>How the language writes numbers and days.</summary>
    public DocumentLanguage Format => format;

    public abstract string LoanAccount { get; }
    public abstract string Date { get; }
    public abstract string Total { get; }
    public abstract string Balance { get; }

    public abstract string Statement { get; }
    public abstract string OpeningBalance { get; }
    public abstract string ClosingBalance { get; }
    public abstract string Entry { get; }
    public abstract string Debit { get; }
    public abstract string Credit { get; }
    public abstract string NothingMoved { get; }
    public abstract string StatementNote { get; }

    public abstract string InterestPaid { get; }
    public abstract string PrincipalRepaid { get; }
    public abstract string PrincipalLeft { get; }
    public abstract string Item { get; }
    public abstract string Opening { get; }
    public abstract string Charged { get; }
    public abstract string Paid { get; }
    public abstract string GivenUp { get; }
    public abstract string Closing { get; }
    public abstract string InterestNote { get; }

    public abstract string Plan { get; }
    public abstract string AmountLent { get; }
    public abstract string BorrowingRate { get; }
    public abstract string LastDueDate { get; }
    public abstract string Number { get; }
    public abstract string DueDate { get; }
    public abstract string Instalment { get; }
    public abstract string Principal { get; }
    public abstract string Interest { get; }
    public abstract string OtherCosts { get; }
    public abstract string PrincipalAfter { get; }

    protected abstract string AccountLabel { get; }
    protected abstract string ReferenceLabel { get; }

    /// <summary>Where payments go, as a sentence of its own.</summary>
    public string PayTo(LenderAccount account) => $"{AccountLabel}: {Name(account)}.";

    /// <summary>An account as it is named inside of a sentence.</summary>
    public string Name(LenderAccount account)
    {
        var bic = account.Bic is null ? "" : $", BIC {account.Bic}";
        var reference = account.Reference is null ? "" : $", {ReferenceLabel} {account.Reference}";
        return $"{account.Holder}, IBAN {account.Iban}{bic}{reference}";
    }

    public abstract string Period(DateOnly from, DateOnly to);

    public abstract string InterestStatement(int year);

    public abstract string PlanText(DateOnly asOf);

    public abstract string PlanNote(string currency);

    public abstract string Name(StatementLineKind kind);

    public abstract string Name(OwedKind kind);
}
