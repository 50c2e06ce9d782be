using FastEndpoints;
using Lending.Identity.Addresses;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.ApiKeys;

/// <summary>Changes name, scopes, expiry or allowed addresses of an API key; it holds within 30 seconds.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `scope-not-allowed`, `expires-in-the-past`, `expires-too-late`, `invalid-range`;
/// `malformed-json`.
/// </response>
/// <response code="409">`api-key-revoked`: the key was revoked, for good.</response>
/// <response code="412">`precondition-failed`: the key was changed since the version in `If-Match`.</response>
internal sealed class PatchApiKey(IdentityDbContext db, ApiKeyScopes scopes, Caller caller, TimeProvider clock)
    : Endpoint<MergePatch<PatchApiKey.Request>, Results<Ok<ApiKeyResponse>, Problem>>
{
    private static readonly Validator Rules = new();

    internal sealed record Request : IPatchable
    {
        /// <summary>What the key is called, up to 50 characters.</summary>
        /// <example>ERP</example>
        public required string Name { get; init; } = "";

        /// <summary>The permissions that the key has.</summary>
        /// <example>["customers:read"]</example>
        public required IReadOnlyList<string> Scopes { get; init; } = [];

        /// <summary>When it stops working: within two years of its creation.</summary>
        /// <example>2027-11-21T09:30:00Z</example>
        public required DateTimeOffset ExpiresAt { get; init; }

        /// <summary>Where requests may come from, in CIDR notation; empty: from everywhere.</summary>
        /// <example>["203.0.113.0/24"]</example>
        public required IReadOnlyList<string> AllowedAddresses { get; init; } = [];
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).ApiKeyName();
            RuleFor(request => request.Scopes).ApiKeyScopes();
            this.AddressRangesRule(request => request.AllowedAddresses);
        }
    }

    public override void Configure()
    {
        Patch("api-keys/{id:guid}");
        Permissions(IdentityPermission.ApiKeysManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<ApiKeyResponse>, Problem>> ExecuteAsync(MergePatch<Request> request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var key = await db
            .ApiKeys.Include(row => row.Days.OrderByDescending(day => day.Day).Take(1))
            .SingleOrDefaultAsync(row => row.Id == id, ct);
        if (key is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(key.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (key.RevokedAt is not null)
        {
            return Problem.From(IdentityErrors.ApiKeyRevoked);
        }
        var current = new Request
        {
            Name = key.Name,
            Scopes = key.Scopes,
            ExpiresAt = key.ExpiresAt,
            AllowedAddresses = key.AllowedAddresses,
        };
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        var now = clock.GetStorableNow();
        var expiresAt = patched.ExpiresAt.ToStorable();
        // What was not touched is not checked again: an expired key may be renamed.
        List<Kernel.Error?> found =
        [
            patched.Scopes.SequenceEqual(key.Scopes, StringComparer.Ordinal) ? null : scopes.Check(patched.Scopes, key.Mode, caller),
            expiresAt == key.ExpiresAt ? null : ApiKeyRules.CheckExpiry(expiresAt, key.CreatedAt, now),
        ];
        if (found.OfType<Kernel.Error>().ToList() is { Count: > 0 } wrong)
        {
            return Problem.From(wrong);
        }
        key.Change(patched.Name, patched.Scopes, patched.AllowedAddresses, expiresAt, now);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(key.RowVersion);
        return TypedResults.Ok(key.Adapt<ApiKeyResponse>());
    }
}
