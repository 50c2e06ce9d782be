using Lending.Kernel;
using Lending.Pdf;
using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Papers;

/// <summary>An account statement on paper.</summary>
internal static class StatementPaper
{
    public static byte[] Of(LoanAccount account, AccountStatement statement, PaperParties parties, PaperWording words, DateOnly on)
    {
        var currency = Currency.Get(account.Currency);
        var paper = new Paper(words, parties, account.Id, words.Statement, words.Period(statement.From, statement.To), on);
        paper.Figures((words.OpeningBalance, Money(statement.Opening)), (words.ClosingBalance, Money(statement.Closing)));
        if (statement.Lines.Count == 0)
        {
            paper.Text(words.NothingMoved);
        }
        else
        {
            paper.Table(
                [
                    new(0.16, Header: words.Date),
                    new(0.36, Header: words.Entry),
                    new(0.16, TextAlignment.Right, words.Debit),
                    new(0.16, TextAlignment.Right, words.Credit),
                    new(0.16, TextAlignment.Right, words.Balance),
                ],
                [
                    .. statement.Lines.Select(line => new PdfRow([
                        words.Format.ShortDate(line.On),
                        words.Name(line.Kind),
                        line.Amount > 0 ? Amount(line.Amount) : "",
                        line.Amount < 0 ? Amount(-line.Amount) : "",
                        Amount(line.Balance),
                    ])),
                    new PdfRow(
                        [
                            words.Format.ShortDate(statement.To),
                            words.ClosingBalance,
                            Amount(statement.Lines.Sum(line => Math.Max(line.Amount, 0))),
                            Amount(statement.Lines.Sum(line => Math.Max(-line.Amount, 0))),
                            Amount(statement.Closing),
                        ],
                        IsTotal: true
                    ),
                ]
            );
        }
        paper.Text(words.StatementNote, isNote: true);
        return paper.ToBytes();

        string Money(decimal amount) => words.Format.Money(amount, currency);

        string Amount(decimal amount) => words.Format.Amount(amount, currency);
    }
}
