using System.Text.Json.Serialization;
using Lending.Kernel;
using Mapster;

namespace Lending.Identity.ApiKeys;

/// <summary>An API key, without its secret.</summary>
internal sealed record ApiKeyResponse
{
    /// <summary>The key's id.</summary>
    /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
    public required Guid Id { get; init; }

    /// <summary>The key itself, to be sent as <c>X-Api-Key</c>. Only the answer that creates it has it.</summary>
    /// <example>lend_live_01938c4e7c1f7a639d6c6f0f5b8b1a20_q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>What the key is called.</summary>
    /// <example>ERP</example>
    public required string Name { get; init; }

    /// <summary>The beginning of the key, by which one can tell which it is.</summary>
    /// <example>lend_live_01938c4e7c1f7a639d6c6f0f5b8b1a20</example>
    public string Prefix => ApiKey.PrefixOf(Mode, Id);

    /// <summary>`live` or `sandbox`.</summary>
    /// <example>live</example>
    public required ApiKeyMode Mode { get; init; }

    /// <summary>The permissions that the key has.</summary>
    /// <example>["customers:read","offers:read"]</example>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Where requests may come from, in CIDR notation; empty: from everywhere.</summary>
    /// <example>["203.0.113.0/24"]</example>
    public required IReadOnlyList<string> AllowedAddresses { get; init; }

    /// <summary>When it stops working.</summary>
    /// <example>2027-11-21T09:30:00Z</example>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null as long as it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, a minute ago or more; null if never.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Who created it, as they were called then. What the key does counts as done by them.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<ApiKey, ApiKeyResponse>()
                .Ignore(response => response.Key!)
                .Map(
                    response => response.LastUsedAt,
                    key => key.Days.OrderByDescending(day => day.Day).Select(day => (DateTimeOffset?)day.LastUsedAt).FirstOrDefault()
                )
                .Map(response => response.CreatedBy, key => new UserReference(key.CreatedBy.Id, key.CreatedBy.Username));
    }
}
