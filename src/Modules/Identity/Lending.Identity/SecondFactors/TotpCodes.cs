using OtpNet;
using QRCoder;

namespace Lending.Identity.SecondFactors;

/// <summary>Secrets and codes of authenticator apps.</summary>
internal sealed class TotpCodes(TimeProvider clock)
{
    private const int SecretBytes = 20;
    private const int ModulePixels = 4;
    private const string Issuer = "Lending";

    // Clocks of phones differ, and people type slowly.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A new secret, as people type it into an app.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));

    /// <summary>The secret as apps scan it.</summary>
    public static string Uri(string secret, string username) => new OtpUri(OtpType.Totp, secret, username, Issuer).ToString();

    /// <summary>A picture of the address, as SVG.</summary>
    public static string QrCode(string uri)
    {
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(data).GetGraphic(ModulePixels);
    }

    /// <summary>The time step of which this is the code; null if it is of none that counts now.</summary>
    public long? Find(TotpAuthenticator authenticator, string code)
    {
        var totp = new Totp(Base32Encoding.ToBytes(authenticator.Secret.Text));
        return totp.VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, Window) ? step : null;
    }
}
