using System.Text.Json.Serialization;
using Lending.Kernel;
using Mapster;
using Npgsql;

namespace Lending.Identity.Users;

/// <summary>What is told of a user.</summary>
internal abstract record UserMembers
{
    /// <summary>The user's id.</summary>
    /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
    public required Guid Id { get; init; }

    /// <summary>The login name.</summary>
    /// <example>erika.installer</example>
    public required string Username { get; init; }

    /// <summary>The e-mail; one can log in with it too.</summary>
    /// <example>erika@example.org</example>
    public required string Email { get; init; }

    /// <summary>ADMIN, INSTALLER, UNDERWRITER or CUSTOMER.</summary>
    /// <example>INSTALLER</example>
    public required Role Role { get; init; }

    /// <summary>The organisation the user belongs to.</summary>
    /// <example>01900000-0000-7000-8000-000000000001</example>
    public required Guid OrganizationId { get; init; }

    /// <summary>The customer whose account this is, if it is one's.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>The permission group that says which of the role's permissions the user has; null: all of them.</summary>
    public required Guid? PermissionGroupId { get; init; }

    /// <summary>Whether the user can log in.</summary>
    /// <example>true</example>
    public required bool Active { get; init; }

    /// <summary>When the user was created.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user was last changed.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }
}

/// <summary>A user.</summary>
internal sealed record UserResponse : UserMembers
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public static readonly FormattableString Columns = $"""
        id, username, email, role, organization_id, customer_id, active, created_at, updated_at, xmin, permission_group_id
        """;

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<User, UserResponse>().Map(response => response.Username, user => user.UserName);
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static UserResponse Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Username = row.GetString(1),
            Email = row.GetString(2),
            Role = Enum.Parse<Role>(row.GetString(3), ignoreCase: true),
            OrganizationId = row.GetGuid(4),
            CustomerId = row.GetFieldValue<Guid?>(5),
            Active = row.GetBoolean(6),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(8),
            RowVersion = row.GetFieldValue<uint>(9),
            PermissionGroupId = row.GetFieldValue<Guid?>(10),
        };
}
