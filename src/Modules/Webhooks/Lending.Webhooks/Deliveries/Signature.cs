using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lending.Webhooks.Webhooks;

namespace Lending.Webhooks.Deliveries;

/// <summary>Signatures as Standard Webhooks say.</summary>
internal static class Signature
{
    /// <summary>What <c>webhook-signature</c> holds: a signature for each secret.</summary>
    public static string Of(string id, DateTimeOffset at, string body, IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}"));
        return string.Join(
            ' ',
            secrets.Select(secret =>
                "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Webhook.SecretPrefix.Length..]), signed))
            )
        );
    }
}
