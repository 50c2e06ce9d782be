using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lending.Identity.Tests.Authentication;

/// <summary>What a phone or security key does for a browser: makes an ES256 key pair, and signs challenges with it (WebAuthn).</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";

    public string Origin { get; set; } = "http://localhost:5080";

    public string RelyingParty { get; set; } = "localhost";

    /// <summary>Counts signatures, unless a test sets it back.</summary>
    public uint Counter { get; set; }

    /// <summary>Whether the user has proved to the authenticator who they are.</summary>
    public bool VerifiesUser { get; set; } = true;

    public void Dispose() => key.Dispose();

    /// <summary>The answer to the options of a registration.</summary>
    public JsonObject Register(JsonElement options)
    {
        userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var clientData = ClientData("webauthn.create", options.GetProperty("challenge").GetString()!);
        var cbor = new CborWriter();
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString([
            .. AuthenticatorData(HasCredential),
            .. new byte[16],
            0,
            (byte)credentialId.Length,
            .. credentialId,
            .. PublicKey(),
        ]);
        cbor.WriteEndMap();
        return Credential(
            new JsonObject
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
                ["attestationObject"] = Base64Url.EncodeToString(cbor.Encode()),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>The answer to the options of a login or step-up.</summary>
    public JsonObject Sign(JsonElement options, string? challenge = null)
    {
        Counter++;
        var clientData = ClientData("webauthn.get", challenge ?? options.GetProperty("challenge").GetString()!);
        var data = AuthenticatorData();
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(clientData)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new JsonObject
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
                ["authenticatorData"] = Base64Url.EncodeToString(data),
                ["signature"] = Base64Url.EncodeToString(signature),
                ["userHandle"] = userHandle,
            }
        );
    }

    private JsonObject Credential(JsonObject response) =>
        new()
        {
            ["id"] = Base64Url.EncodeToString(credentialId),
            ["rawId"] = Base64Url.EncodeToString(credentialId),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        };

    private byte[] ClientData(string type, string challenge) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = challenge,
                ["origin"] = Origin,
                ["crossOrigin"] = false,
            }.ToJsonString()
        );

    private byte[] AuthenticatorData(byte more = 0)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty), data);
        data[32] = (byte)(UserPresent | (VerifiesUser ? UserVerified : 0) | more);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Counter);
        return data;
    }

    // The COSE form of an ES256 key (RFC 9053).
    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(5);
        cbor.WriteInt32(1);
        cbor.WriteInt32(2);
        cbor.WriteInt32(3);
        cbor.WriteInt32(-7);
        cbor.WriteInt32(-1);
        cbor.WriteInt32(1);
        cbor.WriteInt32(-2);
        cbor.WriteByteString(point.X!);
        cbor.WriteInt32(-3);
        cbor.WriteByteString(point.Y!);
        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
