using FastEndpoints;
using FluentValidation;
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

/// <summary>Creates a key with which a system acts for the caller's organisation. The key is answered once and never again.</summary>
/// <remarks>
/// What it does counts as done by the caller, under the key's name. A key with the mode `sandbox` works on rows of its own, with the organisation's
/// settings: what it does touches nothing else.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `scope-not-allowed`, `expires-in-the-past`, `expires-too-late`, `invalid-range`;
/// `malformed-json`.
/// </response>
/// <response code="409">`concurrent-change`: the organisation's first two sandbox keys were created at once. Try again.</response>
internal sealed class CreateApiKey(IdentityDbContext db, ApiKeyScopes scopes, Caller caller, TimeProvider clock)
    : Endpoint<CreateApiKey.Request, Results<Created<ApiKeyResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What the key is called, up to 50 characters. Histories name it in place of a user.</summary>
        /// <example>ERP</example>
        public string Name { get; init; } = "";

        /// <summary>`live` or `sandbox`.</summary>
        /// <example>live</example>
        public ApiKeyMode Mode { get; init; } = ApiKeyMode.Live;

        /// <summary>
        /// The permissions that the key has: `organization:all`, `customers:read`, `customers:write`, `products:read`, `offers:read`, `offers:write`,
        /// `offers:comment`, and with the mode `sandbox` those to decide, `servicing:read`, `servicing:post`, `servicing:payout`, `webhooks:manage`,
        /// `sandbox:manage` and `sandbox:messages`.
        /// </summary>
        /// <example>["customers:read","offers:read"]</example>
        public IReadOnlyList<string> Scopes { get; init; } = [];

        /// <summary>When it stops working: within two years; left out, in 365 days.</summary>
        /// <example>2027-11-21T09:30:00Z</example>
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>Where requests may come from, in CIDR notation; empty or left out: from everywhere.</summary>
        /// <example>["203.0.113.0/24"]</example>
        public IReadOnlyList<string> AllowedAddresses { get; init; } = [];
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).ApiKeyName();
            RuleFor(request => request.Mode).IsInEnum();
            RuleFor(request => request.Scopes).ApiKeyScopes();
            this.AddressRangesRule(request => request.AllowedAddresses);
        }
    }

    public override void Configure()
    {
        Post("api-keys");
        Permissions(IdentityPermission.ApiKeysManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Created<ApiKeyResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var expiresAt = request.ExpiresAt?.ToStorable() ?? now + ApiKey.UsualLifetime;
        if (
            new[] { scopes.Check(request.Scopes, request.Mode, caller), ApiKeyRules.CheckExpiry(expiresAt, now, now) }
                .OfType<Kernel.Error>()
                .ToList() is
            { Count: > 0 } wrong
        )
        {
            return Problem.From(wrong);
        }
        var actsIn = request.Mode == ApiKeyMode.Sandbox ? await FindOrAddSandboxAsync(now, ct) : caller.OrganizationId;
        var id = Guid.CreateVersion7(now);
        var text = ApiKey.NewText(request.Mode, id);
        var key = new ApiKey(id, text, request.Mode, caller.OrganizationId, actsIn, caller.Reference, now);
        key.Change(request.Name, request.Scopes, request.AllowedAddresses, expiresAt, now);
        db.Add(key);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(key.RowVersion);
        return TypedResults.Created($"/api/v1/api-keys/{id}", key.Adapt<ApiKeyResponse>() with { Key = text });
    }

    // Of two who add the sandbox at once, the unique index refuses the second.
    private async Task<Guid> FindOrAddSandboxAsync(DateTimeOffset now, CancellationToken ct)
    {
        var own = await db
            .Organizations.OfEveryOrganization()
            .Where(organization => organization.Id == caller.OrganizationId || organization.SandboxOf == caller.OrganizationId)
            .ToListAsync(ct);
        var sandbox = own.SingleOrDefault(organization => organization.SandboxOf is not null);
        if (sandbox is null)
        {
            sandbox = own.Single().NewSandbox(Guid.CreateVersion7(now), now);
            db.Add(sandbox);
        }
        return sandbox.Id;
    }
}
