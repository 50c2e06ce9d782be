using System.Text.RegularExpressions;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.SingleSignOn;

/// <summary>Lets the organisation's staff log in at its own OpenID Connect provider.</summary>
/// <remarks>
/// The provider has to answer a discovery document below its authority, and `email` and `email_verified` in its id tokens. Who logs in there is the
/// active member of staff with that e-mail; nobody gets an account by it. An administrator binds the domain of their own e-mail, the platform's
/// administrators any. A domain belongs to one organisation.
/// </remarks>
/// <response code="403">
/// `forbidden`: the caller's role does not permit this. `foreign-domain`: an administrator binds the domain of their own e-mail only.
/// </response>
/// <response code="409">`domain-taken`: another organisation has this domain.</response>
internal sealed partial class PutIdentityProvider(
    IdentityDbContext db,
    Caller caller,
    ClientSecrets secrets,
    ProviderConfigurations providers,
    PublicUrl publicUrl,
    Transactions transactions,
    TimeProvider clock
) : Endpoint<PutIdentityProvider.Request, Results<Ok<IdentityProviderResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The provider's issuer, an https address; its discovery document lies below it.</summary>
        /// <example>https://login.example.org</example>
        public string Authority { get; init; } = "";

        /// <summary>The id of our client at the provider.</summary>
        /// <example>lending</example>
        public string ClientId { get; init; } = "";

        /// <summary>The client's secret. Left out, the present one stays.</summary>
        /// <example>Zz8-y2Wm5Qp1Lk0Vt7Rc</example>
        public string? ClientSecret { get; init; }

        /// <summary>The domains of e-mails whose owners log in there: 1 to 20.</summary>
        /// <example>["example.org"]</example>
        public IReadOnlyList<string> EmailDomains { get; init; } = [];

        /// <summary>Whether logins go there.</summary>
        /// <example>true</example>
        public bool Active { get; init; } = true;
    }

    internal sealed partial class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Authority)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .MaximumLength(IdentityProvider.MaximumAuthorityLength)
                .Must(IsAuthority)
                .WithErrorCode("invalid-authority")
                .WithMessage("This is no https address without user, query and fragment.");
            RuleFor(request => request.ClientId).NotEmpty().MaximumLength(IdentityProvider.MaximumClientLength);
            RuleFor(request => request.ClientSecret).Length(1, IdentityProvider.MaximumClientLength);
            RuleFor(request => request.EmailDomains)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .Must(domains => domains.Count <= IdentityProvider.MaximumDomains)
                .WithErrorCode("too-many")
                .WithMessage($"At most {IdentityProvider.MaximumDomains} domains.");
            RuleForEach(request => request.EmailDomains)
                .Must(domain => domain is { Length: <= EmailDomain.MaximumLength } && DomainPattern().IsMatch(domain))
                .WithErrorCode("invalid-domain")
                .WithMessage("This is no domain.");
        }

        // Whether http will do depends on the environment, which a validator does not know.
        private static bool IsAuthority(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" }
            && !text.Contains('?', StringComparison.Ordinal)
            && !text.Contains('#', StringComparison.Ordinal);

        [GeneratedRegex(
            @"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\z",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000
        )]
        private static partial Regex DomainPattern();
    }

    public override void Configure()
    {
        Put("organizations/{id:guid}/identity-provider");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<IdentityProviderResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.OrganizationsInReachOf(caller).AnyAsync(organization => organization.Id == id, ct))
        {
            return Problem.NotFound;
        }
        if (providers.RequiresHttps && new Uri(request.Authority).Scheme != Uri.UriSchemeHttps)
        {
            return Problem.From(SignOnErrors.AuthorityNotHttps);
        }
        var isPlatformAdministrator = caller.IsPlatformAdministrator();
        caller.ActFor(id, caller.Reference);
        await using var transaction = await transactions.BeginAsync(ct);
        // Two who set it at once come one after the other: else the domains of both would be bound to what the later one says.
        await db.Database.ExecuteSqlAsync($"SELECT FROM identity.organizations WHERE id = {id} FOR NO KEY UPDATE", ct);
        var domains = request.EmailDomains.Select(domain => domain.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var provider = await db.IdentityProviders.Include(row => row.Domains).SingleOrDefaultAsync(row => row.OrganizationId == id, ct);
        var added = domains.Except((provider?.Domains ?? []).Select(domain => domain.Name), StringComparer.Ordinal).ToList();
        if (added.Count > 0 && !isPlatformAdministrator)
        {
            var email = await db.Users.Where(user => user.Id == caller.UserId).Select(user => user.Email).SingleOrDefaultAsync(ct);
            if (email is null || added.Exists(domain => domain != EmailDomain.Of(email)))
            {
                return Problem.From(SignOnErrors.ForeignDomain);
            }
        }
        var secret = request.ClientSecret is { } given ? secrets.Protect(given) : provider?.ProtectedClientSecret;
        // A secret goes to the provider that it was given for, and to no other.
        if (secret is null || (request.ClientSecret is null && provider!.Authority != request.Authority))
        {
            return Problem.From(SignOnErrors.ClientSecretMissing);
        }
        var now = clock.GetStorableNow();
        if (provider is null)
        {
            provider = new IdentityProvider(id, now);
            db.Add(provider);
        }
        provider.Configure(request.Authority, request.ClientId, secret, domains, request.Active, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(IdentityProviderResponse.Of(provider, publicUrl));
    }
}
