using System.Collections;
using QRCoder;

namespace Lending.Pdf;

/// <summary>What a QR code looks like.</summary>
internal static class QrCode
{
    /// <summary>Rows from the top of modules from the left, true for dark; the quiet zone is included.</summary>
    public static IReadOnlyList<BitArray> ModulesOf(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return data.ModuleMatrix;
    }
}
