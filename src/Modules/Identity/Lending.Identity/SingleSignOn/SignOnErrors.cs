using Lending.Kernel;

namespace Lending.Identity.SingleSignOn;

/// <summary>The ways in which single sign-on fails.</summary>
internal static class SignOnErrors
{
    /// <summary>One answer for every reason.</summary>
    public static readonly Error InvalidSignOn = Error.Unauthenticated(
        "invalid-sign-on",
        "This login does not work. Start a new one, or ask your organisation's administrator for an account."
    );

    public static readonly Error NoIdentityProvider = Error.Validation(
        "no-identity-provider",
        "No organisation has an identity provider for e-mails of this domain.",
        "email"
    );

    public static readonly Error AuthorityNotHttps = Error.Validation(
        "authority-not-https",
        "The authority is no https address.",
        "authority"
    );

    public static readonly Error ClientSecretMissing = Error.Validation(
        "client-secret-missing",
        "A new provider, or authority, needs the client's secret.",
        "clientSecret"
    );

    public static readonly Error ForeignDomain = Error.Forbidden(
        "foreign-domain",
        "You may bind the domain of your own e-mail. The platform's administrators bind others."
    );

    public static readonly Error DomainTaken = Error.Conflict("domain-taken", "Another organisation has this domain.", "emailDomains");
}
