using System.Globalization;
using Lending.Pdf;
using static Lending.Pdf.DocumentParts;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Loans.Receipts;

/// <summary>The receipt of an acceptance as a PDF file. Both languages of a text stand side by side, so that none is forgotten.</summary>
internal sealed class ReceiptDocument(ReceiptModel receipt, DocumentLanguage language)
{
    // So small that a hash stands in one line.
    private static readonly PdfTable Evidence = new()
    {
        Columns = [new PdfColumn(0.28), new PdfColumn(0.72)],
        Style = Body with { Size = 8 },
        HeaderStyle = FigureHeadings,
        LineColor = Line,
        Padding = 2.7,
    };

    /// <summary>The file. The same receipt in the same language gives the same bytes.</summary>
    public static byte[] Render(ReceiptModel receipt, DocumentLanguage language) => new ReceiptDocument(receipt, language).Draw();

    private byte[] Draw()
    {
        var title = language.Say("Receipt of your acceptance", "Beleg über Ihre Annahme");
        var pdf = new PdfDocument($"{title} {receipt.OfferId}", language.Code);
        var flow = new PdfFlow(pdf, page => PageHeader(page, receipt.Lender, title)) { Y = 44 };
        flow.Page.Fill(0, 0, PdfDocument.PageWidth, 6, Accent);
        flow.Paragraph(receipt.Lender, new TextStyle(10.5, Accent, IsBold: true));
        flow.Y += 16;
        flow.Paragraph(title, new TextStyle(25, Ink, IsBold: true));
        flow.Y += 10;
        flow.Paragraph(
            language.Say(
                $"{receipt.CustomerName} accepted the loan offer below. This is what we keep as evidence of it.",
                $"{receipt.CustomerName} hat das Kreditangebot unten angenommen. Das bewahren wir als Beleg dafür auf."
            ),
            Body
        );
        flow.Y += 14;
        Evidence.Draw(flow, [.. Rows().Select(row => new PdfRow([row.Label, row.Value]))]);
        foreach (var paragraph in Notes())
        {
            flow.Y += 14;
            flow.Paragraph(paragraph, Body);
        }
        Footers(pdf, $"{title}  ·  {receipt.OfferId}", language);
        return pdf.ToBytes();
    }

    private IEnumerable<(string Label, string Value)> Rows()
    {
        yield return (language.Say("Loan offer", "Kreditangebot"), receipt.OfferId.ToString());
        yield return (language.Say("Version", "Version"), receipt.Version.ToString(CultureInfo.InvariantCulture));
        yield return (language.Say("SHA-256 of the offer", "SHA-256 des Angebots"), receipt.OfferHash);
        if (receipt.ShownAt is { } shownAt)
        {
            yield return (language.Say("First shown", "Zuerst gezeigt"), Time(shownAt));
        }
        if (receipt is { InformationHash: { } hash, InformedAt: { } informedAt })
        {
            yield return (language.Say("SHA-256 of the standard information", "SHA-256 der Standardinformationen"), hash);
            yield return (language.Say("Given", "Gegeben"), Time(informedAt));
        }
        yield return (language.Say("Name that was typed", "Eingegebener Name"), receipt.TypedName);
        yield return (language.Say("Accepted", "Angenommen"), Time(receipt.AcceptedAt));
        yield return (
            language.Say("How", "Wie"),
            receipt.OverLink
                ? language.Say("with the link that was mailed", "mit dem Link, der per Mail kam")
                : language.Say("with the customer's account", "mit dem Konto der Kundin oder des Kunden")
        );
        if (receipt.SessionId is { } sessionId)
        {
            yield return (language.Say("Session of the account", "Sitzung des Kontos"), sessionId.ToString());
        }
        if (receipt is { CodeSentAt: { } sentAt, CodeGivenAt: { } givenAt, CodeSessionHash: { } sessionHash })
        {
            yield return (
                language.Say("Code", "Code"),
                language.Say(
                    "by mail, given in the session that asked for it",
                    "per Mail, eingegeben in der Sitzung, die ihn angefordert hat"
                )
            );
            yield return (language.Say("Code sent", "Code gesendet"), Time(sentAt));
            yield return (language.Say("Code given", "Code eingegeben"), Time(givenAt));
            yield return (language.Say("SHA-256 of that session", "SHA-256 dieser Sitzung"), sessionHash);
        }
        else
        {
            yield return (language.Say("Code", "Code"), language.Say("none was asked for", "es wurde keiner verlangt"));
        }
        yield return (language.Say("Language", "Sprache"), language.Say("English", "Deutsch"));
        yield return (language.Say("Withdrawal possible until", "Widerruf möglich bis"), Time(receipt.WithdrawalEndsAt));
    }

    private IEnumerable<string> Notes()
    {
        yield return language.Say(
            "If this was not you, tell us at once: you can withdraw without giving a reason, and without cost.",
            "Waren Sie das nicht, sagen Sie es uns sofort: Sie können ohne Gründe und ohne Kosten widerrufen."
        );
        yield return language.Say(
            $"This file is sealed: its SHA-256 is kept, signed. Everybody who has the file, unchanged, can have it checked at {receipt.CheckedAt}. The hashes above can be checked there, too.",
            $"Diese Datei ist versiegelt: Ihr SHA-256 ist aufbewahrt und signiert. Wer die Datei unverändert hat, kann sie unter {receipt.CheckedAt} prüfen lassen. Dort lassen sich auch die Werte oben prüfen."
        );
    }

    private string Time(DateTimeOffset at)
    {
        var there = TimeZoneInfo.ConvertTime(at, receipt.TimeZone);
        return $"{language.LongDate(DateOnly.FromDateTime(there.DateTime))}, {there.ToString("HH:mm:ss (zzz)", CultureInfo.InvariantCulture)}";
    }
}
