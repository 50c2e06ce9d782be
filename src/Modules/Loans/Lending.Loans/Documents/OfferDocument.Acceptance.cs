using Lending.Pdf;
using static Lending.Pdf.DocumentParts;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Loans.Documents;

/// <summary>What is signed, and by what a copy is recognised; both stand on one page.</summary>
internal sealed partial class OfferDocument
{
    private const double VerificationGap = 16;
    private const double VerificationHeight = VerificationGap + 108;

    private void DrawAcceptance()
    {
        const double RoomToSign = 38;

        var text = wording.AcceptanceText(offer);
        StartSection(wording.Acceptance, HeightOf(text, Body) + RoomToSign + (4 * Small.LineHeight) + VerificationHeight);
        flow.Paragraph(text, Body);
        flow.Y += RoomToSign;
        flow.Page.Fill(PdfFlow.Left, flow.Y, ColumnWidth, 0.6, Muted);
        flow.Page.Fill(SecondColumn, flow.Y, ColumnWidth, 0.6, Muted);
        flow.Column(wording.PlaceAndDate, PdfFlow.Left, ColumnWidth, flow.Y + 2, Small);
        flow.Y = flow.Column($"{wording.Signature}, {offer.CustomerName}", SecondColumn, ColumnWidth, flow.Y + 2, Small);
    }

    // On the page that is signed.
    private void DrawVerification()
    {
        const double Edge = 6;
        const double Size = VerificationHeight - VerificationGap - (2 * Edge);

        flow.Y += VerificationGap;
        flow.Page.Fill(PdfFlow.Left, flow.Y, PdfFlow.Width, Size + (2 * Edge), Ground);
        flow.Page.Fill(PdfFlow.Left + Edge, flow.Y + Edge, Size, Size, 0xFFFFFF);
        flow.Page.QrCode(offer.VerificationText, PdfFlow.Left + Edge, flow.Y + Edge, Size);
        var x = PdfFlow.Left + Size + 20;
        var width = PdfFlow.Right - 12 - x;
        var y = flow.Column(wording.Verification, x, width, flow.Y + 12, Strong);
        y = flow.Column(wording.VerificationText, x, width, y, Small) + 5;
        y = flow.Column(wording.Hash, x, width, y, Small);
        flow.Page.Text(offer.Hash, x, y + Small.BaselineOffset, (Small with { Color = Ink }).ShrunkToFit(offer.Hash, width));
        flow.Y += Size + (2 * Edge);
    }
}
