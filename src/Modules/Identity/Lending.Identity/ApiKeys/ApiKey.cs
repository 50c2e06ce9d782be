using System.Globalization;
using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Identity.ApiKeys;

/// <summary>A key with which a system acts for an organisation. Only its hash is stored.</summary>
internal sealed class ApiKey : ITenantOwned, IListed
{
    public const int MaximumNameLength = 50;

    /// <summary>How long a key works whose creator does not say.</summary>
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(365);

    /// <summary>No key works for longer.</summary>
    public static readonly TimeSpan MaximumLifetime = TimeSpan.FromDays(2 * 366);

    private readonly List<ApiKeyDay> days = [];

    private ApiKey() { }

    /// <summary>The key whose secret text this is; it was made by <see cref="NewText"/>.</summary>
    public ApiKey(
        Guid id,
        string text,
        ApiKeyMode mode,
        Guid organizationId,
        Guid actsInOrganizationId,
        UserReference createdBy,
        DateTimeOffset now
    )
    {
        Id = id;
        Hash = Secret.Hash(text);
        Mode = mode;
        OrganizationId = organizationId;
        ActsInOrganizationId = actsInOrganizationId;
        CreatedBy = createdBy;
        CreatedAt = now;
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>The organisation whose administrators manage the key.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The organisation whose rows the key works on: the same, or for a sandbox key its sandbox.</summary>
    public Guid ActsInOrganizationId { get; private set; }

    public ApiKeyMode Mode { get; private set; }

    [NotPersonal]
    public string Name { get; private set; } = "";

    /// <summary>The hash of the key's whole text, so that not even its mode can be changed.</summary>
    [Secret]
    public byte[] Hash { get; private set; } = [];

    /// <summary>The permissions that the key has.</summary>
    [NotPersonal]
    public IReadOnlyList<string> Scopes { get; private set; } = [];

    /// <summary>Where requests may come from, in CIDR notation; empty: from everywhere.</summary>
    [NotPersonal]
    public IReadOnlyList<string> AllowedAddresses { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public UserReference CreatedBy { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>How often it was used on which days; loaded where it is asked for.</summary>
    public IReadOnlyList<ApiKeyDay> Days => days;

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>The beginning of the key's text, which is no secret: the administrators tell keys apart by it.</summary>
    public static string PrefixOf(ApiKeyMode mode, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{BeginningOf(mode)}{id:N}");

    /// <summary>The text of a new key.</summary>
    public static string NewText(ApiKeyMode mode, Guid id) => $"{PrefixOf(mode, id)}_{Secret.New()}";

    /// <summary>The id in a key's text; null for what is no such text.</summary>
    public static Guid? IdIn(string text)
    {
        var beginning = Enum.GetValues<ApiKeyMode>()
            .Select(BeginningOf)
            .FirstOrDefault(it => text.StartsWith(it, StringComparison.Ordinal));
        const int idLength = 32;
        return
            beginning is not null
            && text.Length == beginning.Length + idLength + 1 + Secret.Length
            && text[beginning.Length + idLength] == '_'
            && Guid.TryParseExact(text.AsSpan(beginning.Length, idLength), "N", out var id)
            ? id
            : null;
    }

    /// <summary>What may be changed of a key; the lists were checked.</summary>
    public void Change(
        string name,
        IEnumerable<string> scopes,
        IEnumerable<string> allowedAddresses,
        DateTimeOffset expiresAt,
        DateTimeOffset now
    )
    {
        Name = name.Trim();
        Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        AllowedAddresses = Addresses.AddressRanges.Normalize(allowedAddresses);
        ExpiresAt = expiresAt;
        UpdatedAt = now;
    }

    /// <summary>Ends it for good.</summary>
    public void Revoke(DateTimeOffset now)
    {
        RevokedAt ??= now;
    }

    private static string BeginningOf(ApiKeyMode mode) => mode == ApiKeyMode.Live ? "lend_live_" : "lend_sandbox_";
}

/// <summary>What a key works on.</summary>
internal enum ApiKeyMode
{
    /// <summary>The organisation's own rows.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>The rows of its sandbox, with which nothing is owed to anybody.</summary>
    [JsonStringEnumMemberName("sandbox")]
    Sandbox,
}
