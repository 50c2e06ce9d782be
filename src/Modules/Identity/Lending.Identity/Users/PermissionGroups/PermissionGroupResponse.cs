using System.Text.Json.Serialization;
using Mapster;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>A permission group.</summary>
internal sealed record PermissionGroupResponse
{
    /// <summary>The group's id.</summary>
    /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Trainees</example>
    public required string Name { get; init; }

    /// <summary>What the group's users keep of their role's permissions.</summary>
    /// <example>["account:own","customers:read","offers:read","organization:all"]</example>
    public required IReadOnlyList<string> Permissions { get; init; }

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
        public void Register(TypeAdapterConfig config) => config.NewConfig<PermissionGroup, PermissionGroupResponse>();
    }
}
