using Lending.Kernel;
using Lending.Pdf;
using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Papers;

/// <summary>A yearly interest statement on paper.</summary>
internal static class InterestPaper
{
    public static byte[] Of(LoanAccount account, InterestStatement statement, PaperParties parties, PaperWording words, DateOnly on)
    {
        var currency = Currency.Get(account.Currency);
        var principal = statement.Rows.Single(row => row.Kind == OwedKind.Principal);
        var paper = new Paper(
            words,
            parties,
            account.Id,
            words.InterestStatement(statement.Year),
            words.Period(new(statement.Year, 1, 1), statement.To),
            on
        );
        paper.Figures(
            (words.InterestPaid, Money(statement.InterestPaid)),
            (words.PrincipalRepaid, Money(principal.Paid)),
            (words.PrincipalLeft, Money(principal.Closing))
        );
        paper.Table(
            [
                new(0.25, Header: words.Item),
                new(0.15, TextAlignment.Right, words.Opening),
                new(0.15, TextAlignment.Right, words.Charged),
                new(0.15, TextAlignment.Right, words.Paid),
                new(0.15, TextAlignment.Right, words.GivenUp),
                new(0.15, TextAlignment.Right, words.Closing),
            ],
            [
                .. statement.Rows.Select(row => RowOf(words.Name(row.Kind), row)),
                RowOf(
                    words.Total,
                    new(
                        OwedKind.Principal,
                        statement.Rows.Sum(row => row.Opening),
                        statement.Rows.Sum(row => row.Charged),
                        statement.Rows.Sum(row => row.Paid),
                        statement.Rows.Sum(row => row.GivenUp),
                        statement.Rows.Sum(row => row.Closing)
                    ),
                    isTotal: true
                ),
            ]
        );
        paper.Text(words.InterestNote, isNote: true);
        return paper.ToBytes();

        PdfRow RowOf(string name, OwedInYear row, bool isTotal = false) =>
            new([name, Amount(row.Opening), Amount(row.Charged), Amount(row.Paid), Amount(row.GivenUp), Amount(row.Closing)], isTotal);

        string Money(decimal amount) => words.Format.Money(amount, currency);

        string Amount(decimal amount) => words.Format.Amount(amount, currency);
    }
}
