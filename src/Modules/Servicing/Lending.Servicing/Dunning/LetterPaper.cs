using Lending.Kernel;
using Lending.Pdf;
using Lending.Servicing.Papers;

namespace Lending.Servicing.Dunning;

/// <summary>A letter on paper.</summary>
internal static class LetterPaper
{
    public static byte[] Of(LetterContent letter)
    {
        var words = PaperWording.For(letter.Language);
        var currency = Currency.Get(letter.Currency);
        var lender = letter.Lender.Split('\n');
        var parties = new PaperParties(lender[0], letter.Language, letter.CustomerName, letter.CustomerAddress, "")
        {
            Letterhead = lender[1..],
        };
        var paper = new Paper(words, parties, letter.LoanAccountId, letter.Title, "", letter.WrittenOn);
        paper.Text(letter.Salutation);
        paper.Text(letter.Demand);
        paper.Table(
            [new(0.75, Header: words.Item), new(0.25, TextAlignment.Right, letter.Currency)],
            [
                .. letter.Rows.Select(row => new PdfRow([row.Text, words.Format.Amount(row.Amount, currency)])),
                new PdfRow([words.Total, words.Format.Amount(letter.Total, currency)], IsTotal: true),
            ]
        );
        paper.Text(letter.Consequence);
        paper.Text(letter.Help);
        paper.Text(parties.Lender);
        return paper.ToBytes();
    }
}
