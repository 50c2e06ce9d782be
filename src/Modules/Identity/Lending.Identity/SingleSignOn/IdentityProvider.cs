using Lending.Platform.Audit;
using Lending.Platform.Privacy;

namespace Lending.Identity.SingleSignOn;

/// <summary>Where an organisation's staff log in instead of here: an OpenID Connect provider, and the e-mail domains that it answers for.</summary>
internal sealed class IdentityProvider
{
    /// <summary>The longest authority, in characters.</summary>
    public const int MaximumAuthorityLength = 500;

    /// <summary>The longest client id or secret, in characters.</summary>
    public const int MaximumClientLength = 500;

    /// <summary>The most domains of one organisation.</summary>
    public const int MaximumDomains = 20;

    private readonly List<EmailDomain> domains = [];

    private IdentityProvider() { }

    public IdentityProvider(Guid organizationId, DateTimeOffset now)
    {
        OrganizationId = organizationId;
        CreatedAt = now;
    }

    /// <summary>The organisation, which has one provider at most.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The provider's issuer, below which its discovery document lies.</summary>
    [NotPersonal]
    public string Authority { get; private set; } = "";

    [NotPersonal]
    public string ClientId { get; private set; } = "";

    /// <summary>The client's secret, encrypted with the keys of Data Protection: the provider wants it as it is, so a hash would not do.</summary>
    [Secret]
    public string ProtectedClientSecret { get; private set; } = "";

    public bool Active { get; private set; }

    public IReadOnlyCollection<EmailDomain> Domains => domains;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Configure(
        string authority,
        string clientId,
        string protectedClientSecret,
        IReadOnlyCollection<string> emailDomains,
        bool active,
        DateTimeOffset now
    )
    {
        Authority = authority;
        ClientId = clientId;
        ProtectedClientSecret = protectedClientSecret;
        Active = active;
        UpdatedAt = now;
        domains.RemoveAll(domain => !emailDomains.Contains(domain.Name, StringComparer.Ordinal));
        domains.AddRange(
            emailDomains
                .Except(domains.Select(domain => domain.Name), StringComparer.Ordinal)
                .Select(name => new EmailDomain(name, OrganizationId))
        );
    }

    /// <summary>Whether the provider answers for this e-mail.</summary>
    public bool AnswersFor(string email) => domains.Exists(domain => domain.Name == EmailDomain.Of(email));
}

/// <summary>A domain of e-mails whose owners log in at the organisation's provider; it belongs to one organisation.</summary>
internal sealed class EmailDomain(string name, Guid organizationId)
{
    /// <summary>The longest domain (RFC 1035), in characters.</summary>
    public const int MaximumLength = 253;

    /// <summary>The domain in small letters.</summary>
    [NotPersonal]
    public string Name { get; private set; } = name;

    public Guid OrganizationId { get; private set; } = organizationId;

    /// <summary>The domain of an e-mail, in small letters.</summary>
    public static string Of(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}

/// <summary>A login that was begun and did not come back from the provider yet. It works once, for ten minutes.</summary>
[NotAudited("A question for minutes; the login that comes of it has an entry.")]
internal sealed class SignOn(
    byte[] stateHash,
    byte[] loginTokenHash,
    Guid organizationId,
    string nonce,
    string codeVerifier,
    DateTimeOffset expiresAt
)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The hash of what the provider gives back, which finds this.</summary>
    [Secret]
    public byte[] StateHash { get; private set; } = stateHash;

    /// <summary>The hash of what only the browser knows that began the login.</summary>
    [Secret]
    public byte[] LoginTokenHash { get; private set; } = loginTokenHash;

    public Guid OrganizationId { get; private set; } = organizationId;

    /// <summary>Stands in the provider's token, so that a token of another login does not fit.</summary>
    [Secret]
    public string Nonce { get; private set; } = nonce;

    /// <summary>Shown when the code is redeemed (PKCE), so that a code of another login does not fit.</summary>
    [Secret]
    public string CodeVerifier { get; private set; } = codeVerifier;

    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;
}
