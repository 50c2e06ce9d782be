using System.Text.Json;
using Lending.Applications.Scoring;
using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>
/// Who may do what: who has each permission, and which one each endpoint needs. <see cref="MatrixRow"/> makes of it the status for each persona: 401
/// without a login, 403 without the permission, 404 for what is another organisation's or another customer's. Nothing here is read from the product.
/// </summary>
internal static class AuthorizationMatrix
{
    private const string Weak = "wrong";

    // A statement of a day on which nothing was booked.
    private const string EmptyStatement = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
        <Stmt><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct></Stmt></BkToCstmrStmt></Document>
        """;

    private static readonly string[] KeyScopes = ["customers:read"];
    private static readonly string[] EventTypes = ["offer.accepted"];

    /// <summary>Who has each permission.</summary>
    public static IReadOnlyDictionary<string, People> Permissions { get; } =
        new Dictionary<string, People>
        {
            ["account:own"] = People.Everybody,
            ["organization:all"] = People.Staff | People.Keys,
            ["organization:settings"] = People.AllAdministrators,
            ["organizations:manage"] = People.PlatformAdministrators,
            ["events:manage"] = People.PlatformAdministrators,
            ["users:manage"] = People.AllAdministrators,
            ["api-keys:manage"] = People.AllAdministrators,
            ["installers:create"] = People.Installers | People.AllAdministrators,
            ["customers:read"] = People.Everybody | People.Keys,
            ["customers:write"] = People.Installers | People.AllAdministrators | People.Keys,
            ["customers:export"] = People.Customers | People.AllAdministrators,
            ["customers:erase"] = People.AllAdministrators,
            ["customers:assign"] = People.AllAdministrators,
            ["consents:write"] = People.Customers | People.Installers | People.AllAdministrators,
            ["retention:manage"] = People.AllAdministrators,
            ["products:read"] = People.Staff | People.Keys,
            ["products:write"] = People.AllAdministrators,
            ["offers:read"] = People.Everybody | People.Keys,
            ["offers:comment"] = People.Everybody | People.Keys,
            ["offers:write"] = People.Installers | People.AllAdministrators | People.Keys,
            ["offers:decide"] = People.Staff,
            ["offers:disburse"] = People.AllAdministrators | People.Underwriters,
            ["offers:underwrite"] = People.Underwriters,
            ["offers:accept"] = People.Customers,
            ["notifications:read"] = People.Staff,
            ["notifications:read-staff"] = People.AllAdministrators,
            ["notifications:preferences"] = People.Everybody,
            ["notifications:inbox"] = People.Everybody,
            ["notifications:lift-suppressions"] = People.Installers | People.AllAdministrators,
            ["notifications:report-bounces"] = People.PlatformAdministrators | People.PlatformKeys,
            ["servicing:read"] = People.Everybody,
            ["servicing:post"] = People.AllAdministrators | People.Underwriters,
            ["payments:read"] = People.Staff,
            ["payments:post"] = People.AllAdministrators | People.Underwriters,
            ["payments:release"] = People.AllAdministrators | People.Underwriters,
            ["payments:card"] = People.Customers | People.AllAdministrators | People.Underwriters,
            ["servicing:payout"] = People.AllAdministrators | People.Underwriters,
            ["servicing:writeoff"] = People.AllAdministrators,
            ["servicing:ledger"] = People.AllAdministrators,
            ["servicing:base-rates"] = People.PlatformAdministrators,
            ["applications:read"] = People.Everybody | People.Keys,
            ["applications:write"] = People.Customers | People.Installers | People.AllAdministrators | People.Keys,
            ["applications:assess"] = People.Staff,
            ["applications:review"] = People.AllAdministrators | People.Underwriters,
            ["applications:request-review"] = People.Customers,
            ["applications:settings"] = People.AllAdministrators,
            ["applications:policies"] = People.AllAdministrators | People.Underwriters,
            ["audit:read"] = People.AllAdministrators,
            ["webhooks:manage"] = People.AllAdministrators,
            ["sandbox:manage"] = People.AllAdministrators,
            ["sandbox:messages"] = People.AllAdministrators,
            ["documents:read"] = People.Everybody,
            ["documents:upload"] = People.Everybody,
            ["documents:request"] = People.Staff,
            ["documents:review"] = People.AllAdministrators | People.Underwriters,
            ["disclosures:read"] = People.Everybody,
            ["disclosures:issue"] = People.Installers | People.AllAdministrators,
            ["disclosures:settings"] = People.AllAdministrators,
        };

    /// <summary>One row for each endpoint.</summary>
    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        // Who is not known yet: what is sent is right in form, and is accepted or refused for its content.
        Row("POST", "/auth/register", needs: null, answers: 201, _ => Registration()),
        Row("POST", "/auth/register-customer", needs: null, answers: 201, _ => World.NewRegistration()),
        Row("POST", "/auth/login", needs: null, answers: 401, _ => new { username = Unique.Username(), password = Weak }),
        Row("POST", "/auth/login/second-factor", needs: null, answers: 401, _ => new { challenge = Weak, code = Weak }),
        Row("POST", "/auth/login/passkey/challenge", needs: null, answers: 200),
        Row("POST", "/auth/login/passkey", needs: null, answers: 401, _ => new { challenge = Weak, passkey = new { id = Weak } }),
        Row("POST", "/auth/token/refresh", needs: null, answers: 401, _ => new { refreshToken = Weak }),
        Row("POST", "/auth/logout", needs: null, answers: 204, _ => new { refreshToken = Weak }),
        Row("POST", "/auth/oidc/start", needs: null, answers: 400, _ => new { email = "somebody@elsewhere.example" }),
        Row(
            "POST",
            "/auth/oidc/callback",
            needs: null,
            answers: 401,
            _ => new
            {
                code = Weak,
                state = Weak,
                loginToken = Weak,
            }
        ),
        Row("POST", "/auth/invitations/accept", needs: null, answers: 200, InvitationAcceptance),
        Row("POST", "/auth/password-reset", needs: null, answers: 202, _ => new { email = Unique.Email() }),
        Row("POST", "/auth/password-reset/confirmation", needs: null, answers: 400, _ => PasswordReset()),
        Row("POST", "/auth/email-confirmation", needs: null, answers: 400, _ => new { token = Weak }),
        Row("POST", "/auth/email-confirmation/mail", needs: null, answers: 202, _ => new { email = Unique.Email() }),
        Row("POST", "/auth/email-change", needs: null, answers: 400, _ => new { token = Weak }),
        // Users. The platform's administrators manage those of every organisation.
        Row("GET", "/users/me", needs: "account:own", answers: 200),
        Row("PUT", "/users/me", needs: "account:own", answers: 200, _ => NewProfile()),
        Row("PATCH", "/users/me", needs: "account:own", answers: 200, _ => new { email = Unique.Email() }),
        Row("POST", "/users/me/password", needs: "account:own", answers: 400, _ => WrongPasswordChange()),
        Row("GET", "/users/me/sessions", needs: "account:own", answers: 200),
        // The id is not that of a session.
        Row("DELETE", "/users/me/sessions/{id}", needs: "account:own", answers: 404),
        // Nobody here has a second factor, so none is asked for.
        Row("GET", "/users/me/second-factors", needs: "account:own", answers: 200),
        // An app that waits for its confirmation would change the other rows' answers.
        Row("POST", "/users/me/totp", needs: "account:own", answers: 200) with
        {
            HarmsPersona = true,
        },
        Row("POST", "/users/me/totp/confirmation", needs: "account:own", answers: 409, _ => new { code = Weak }),
        Row("DELETE", "/users/me/totp", needs: "account:own", answers: 404),
        Row("POST", "/users/me/recovery-codes", needs: "account:own", answers: 409),
        Row("POST", "/users/me/passkeys/challenge", needs: "account:own", answers: 200),
        Row("POST", "/users/me/passkeys", needs: "account:own", answers: 400, _ => WrongPasskey()),
        // The id is not that of a passkey.
        Row("DELETE", "/users/me/passkeys/{id}", needs: "account:own", answers: 404),
        Row("POST", "/users/me/step-up/challenge", needs: "account:own", answers: 200),
        Row("POST", "/users/me/step-up", needs: "account:own", answers: 400, _ => new { code = Weak }),
        // It ends the caller's sessions.
        Row("DELETE", "/users/me/sessions", needs: "account:own", answers: 204) with
        {
            HarmsPersona = true,
        },
        // Installers only where their organisation lets them.
        Row("POST", "/users/installers", needs: "installers:create", answers: 201, _ => NewStaff())
            .Except(Persona.OwnInstaller, 403)
            .Except(Persona.OtherInstaller, 403),
        Row("POST", "/users/underwriters", needs: "users:manage", answers: 201, _ => NewStaff()),
        Row("POST", "/users/administrators", needs: "users:manage", answers: 201, _ => NewStaff()),
        // The target's user is a customer, who is invited otherwise.
        Row("POST", "/users/{id}/invitation", needs: "users:manage", answers: 404),
        Row("GET", "/users", needs: "users:manage", answers: 200),
        Row("GET", "/users/{id}", needs: "users:manage", answers: 200).Except(Persona.PlatformAdministrator, 200),
        Row("PATCH", "/users/{id}", needs: "users:manage", answers: 200, _ => new { active = false })
            .Except(Persona.PlatformAdministrator, 200),
        Row("POST", "/users/{id}/unlock", needs: "users:manage", answers: 204).Except(Persona.PlatformAdministrator, 204),
        // What operates the platform.
        Row("GET", "/ops/outbox", needs: "events:manage", answers: 200),
        Row("POST", "/ops/outbox/replay", needs: "events:manage", answers: 200, _ => new { type = "LoanOfferAccepted" }),
        // Organisations. The platform's administrators manage every one, and other administrators the settings of their own.
        Row("POST", "/organizations", needs: "organizations:manage", answers: 201, _ => NewOrganization()),
        Row("GET", "/organizations", needs: "organizations:manage", answers: 200),
        Row("GET", "/organizations/{id}", needs: "organization:settings", answers: 200).Except(Persona.PlatformAdministrator, 200),
        Row("PATCH", "/organizations/{id}", needs: "organization:settings", answers: 200, _ => new { displayName = "Solar" })
            .Except(Persona.PlatformAdministrator, 200),
        Row("DELETE", "/organizations/{id}/suspension", needs: "organizations:manage", answers: 204)
            .Except(Persona.PlatformAdministrator, 204),
        Row("POST", "/organizations/{id}/suspension", needs: "organizations:manage", answers: 204)
            .Except(Persona.PlatformAdministrator, 204) with
        {
            // The personas belong to it.
            HarmsPersona = true,
        },
        Row("GET", "/organizations/{id}/approval-tiers", needs: "organization:all", answers: 200)
            .Except(Persona.PlatformAdministrator, 200),
        // Whoever comes second is told that there is a proposal.
        Row("PUT", "/organizations/{id}/approval-tiers", needs: "users:manage", answers: 202, _ => ApprovalTiers())
            .Except(Persona.PlatformAdministrator, 409),
        Row("GET", "/organizations/{id}/approval-tiers/history", needs: "organization:all", answers: 200)
            .Except(Persona.PlatformAdministrator, 200),
        // Nothing was proposed.
        Row("POST", "/organizations/{id}/approval-tiers/changes/{changeId}/confirmation", needs: "users:manage", answers: 404),
        Row("DELETE", "/organizations/{id}/approval-tiers/changes/{changeId}", needs: "users:manage", answers: 404),
        // Permission groups, of the own organisation only.
        Row("POST", "/permission-groups", needs: "users:manage", answers: 201, _ => NewPermissionGroup()),
        Row("GET", "/permission-groups", needs: "users:manage", answers: 200),
        Row("GET", "/permission-groups/{id}", needs: "users:manage", answers: 200),
        Row("PATCH", "/permission-groups/{id}", needs: "users:manage", answers: 200, _ => NewPermissionGroup()),
        Row("DELETE", "/permission-groups/{id}", needs: "users:manage", answers: 204),
        // Terms and privacy policies. What is in force, everybody may read, of whatever organisation; the rest is for the own one only.
        Row("POST", "/terms", needs: "organization:settings", answers: 201, _ => NewTerms()),
        Row("GET", "/terms", needs: "organization:settings", answers: 200),
        Row("GET", "/terms/{id}", needs: null, answers: 200),
        Row("GET", "/terms/{id}/acceptances", needs: "users:manage", answers: 200),
        Row("GET", "/organizations/{id}/terms", needs: null, answers: 200),
        Row("GET", "/users/me/terms", needs: "account:own", answers: 200),
        // The id is not that of a version.
        Row("POST", "/users/me/terms/{id}/acceptance", needs: "account:own", answers: 404, _ => new { hash = Weak }),
        // API keys, of the own organisation only.
        Row("POST", "/api-keys", needs: "api-keys:manage", answers: 201, _ => NewApiKey()),
        Row("GET", "/api-keys", needs: "api-keys:manage", answers: 200),
        Row("GET", "/api-keys/{id}", needs: "api-keys:manage", answers: 200),
        Row("PATCH", "/api-keys/{id}", needs: "api-keys:manage", answers: 200, _ => new { name = "Portal" }),
        Row("DELETE", "/api-keys/{id}", needs: "api-keys:manage", answers: 204),
        Row("GET", "/api-keys/{id}/usage", needs: "api-keys:manage", answers: 200),
        // The organisation has no identity provider until it is put.
        Row("GET", "/organizations/{id}/identity-provider", needs: "users:manage", answers: 404),
        Row("DELETE", "/organizations/{id}/identity-provider", needs: "users:manage", answers: 404),
        Row("PUT", "/organizations/{id}/identity-provider", needs: "users:manage", answers: 200, _ => IdentityProvider())
            .Except(Persona.PlatformAdministrator, 200) with
        {
            HarmsPersona = true,
        },
        // Customers.
        Row("POST", "/customers", needs: "customers:write", answers: 201, _ => World.NewCustomer()),
        Row("GET", "/customers", needs: "customers:read", answers: 200),
        Row("GET", "/customers/{id}", needs: "customers:read", answers: 200),
        Row("GET", "/customers/{id}/export", needs: "customers:export", answers: 200),
        Row("POST", "/customers/{id}/erase", needs: "customers:erase", answers: 200),
        // The customer is still there.
        Row("GET", "/customers/{id}/erasure", needs: "customers:erase", answers: 404),
        Row("PUT", "/customers/{id}", needs: "customers:write", answers: 200, _ => World.NewCustomer()),
        Row("PATCH", "/customers/{id}", needs: "customers:write", answers: 200, _ => new { city = "Hamburg" }),
        // The target has an offer, so whoever may delete it is told that it cannot be deleted.
        Row("DELETE", "/customers/{id}", needs: "customers:write", answers: 409),
        // Nobody has this id.
        Row("POST", "/customers/{id}/installer", needs: "customers:assign", answers: 400, _ => new { installerId = Unique.Id() }),
        Row("POST", "/customers/{id}/invitation", needs: "customers:write", answers: 202),
        Row("DELETE", "/customers/{id}/links", needs: "customers:write", answers: 204),
        Row("POST", "/customers/{id}/consents", needs: "consents:write", answers: 201, _ => Consent()),
        Row("GET", "/customers/{id}/consents", needs: "customers:read", answers: 200),
        // No consent has this id.
        Row("POST", "/customers/{id}/consents/{consentId}/withdraw", needs: "consents:write", answers: 404, _ => new { }),
        Row("GET", "/retention/rules", needs: "retention:manage", answers: 200),
        Row("PUT", "/retention/rules", needs: "retention:manage", answers: 200, _ => RetentionRules()),
        Row("POST", "/retention/preview", needs: "retention:manage", answers: 200, _ => RetentionRules()),
        Row("GET", "/retention/reports", needs: "retention:manage", answers: 200),
        // Loan products.
        Row("POST", "/loan-products", needs: "products:write", answers: 201, _ => World.NewProduct()),
        Row("GET", "/loan-products", needs: "products:read", answers: 200),
        Row("GET", "/loan-products/{id}", needs: "products:read", answers: 200),
        Row("PATCH", "/loan-products/{id}", needs: "products:write", answers: 200, _ => new { validityDays = 20 }),
        Row("DELETE", "/loan-products/{id}", needs: "products:write", answers: 204),
        Row("GET", "/loan-products/{id}/versions", needs: "products:read", answers: 200),
        Row("GET", "/loan-products/{id}/versions/{number}", needs: "products:read", answers: 200),
        // Loan offers.
        Row("POST", "/loan-offers/quote", needs: null, answers: 200, _ => Quote()),
        // A customer of another organisation is unknown: that is a wrong field, as no resource is asked for.
        Row("POST", "/loan-offers", needs: "offers:write", answers: 201, target => World.NewOffer(target.CustomerId))
            .Except(Persona.OtherInstaller, 400)
            .Except(Persona.OtherKey, 400)
            .Except(Persona.PlatformAdministrator, 400),
        Row("GET", "/loan-offers", needs: "offers:read", answers: 200),
        Row("GET", "/loan-offers/{id}", needs: "offers:read", answers: 200),
        Row("PUT", "/loan-offers/{id}", needs: "offers:write", answers: 200, target => World.NewOffer(target.CustomerId)),
        Row("PATCH", "/loan-offers/{id}", needs: "offers:write", answers: 200, _ => new { termMonths = 60 }),
        Row("DELETE", "/loan-offers/{id}", needs: "offers:write", answers: 204),
        Row("GET", "/loan-offers/{id}/schedule", needs: "offers:read", answers: 200),
        Row("GET", "/loan-offers/{id}/document", needs: "offers:read", answers: 200),
        Row("GET", "/loan-offers/{id}/history", needs: "offers:read", answers: 200),
        Row("GET", "/loan-offers/{id}/versions", needs: "offers:read", answers: 200),
        Row("GET", "/loan-offers/{id}/versions/{number}", needs: "offers:read", answers: 200),
        Row("POST", "/loan-offers/{id}/comments", needs: "offers:comment", answers: 201, _ => new { text = "Hello" }),
        Row("GET", "/loan-offers/{id}/comments", needs: "offers:comment", answers: 200),
        // Whoever may decide is told that the target has another document hash.
        Row("POST", "/loan-offers/{id}/approve", needs: "offers:decide", answers: 409, _ => Decision()),
        Row("POST", "/loan-offers/{id}/reject", needs: "offers:decide", answers: 409, _ => Rejection()),
        Row("POST", "/loan-offers/{id}/cancel", needs: "offers:write", answers: 200, _ => Comment()),
        // The target is pending, so whoever may take a step that follows an approval is told that it is too early.
        Row("POST", "/loan-offers/{id}/disburse", needs: "offers:disburse", answers: 409, _ => Decision()),
        Row("POST", "/loan-offers/{id}/link", needs: "offers:write", answers: 409),
        Row("DELETE", "/loan-offers/{id}/link", needs: "offers:write", answers: 404),
        Row("POST", "/loan-offers/{id}/withdraw", needs: "offers:accept", answers: 409, _ => Comment()),
        // The same; a link's token does instead of a login, so these let everybody in and then ask.
        Row("POST", "/loan-offers/{id}/accept", needs: "offers:accept", answers: 409, _ => OfferAcceptance()) with
        {
            IsAskedBySlice = true,
        },
        Row("POST", "/loan-offers/{id}/decline", needs: "offers:accept", answers: 409, _ => Comment()) with
        {
            IsAskedBySlice = true,
        },
        Row("POST", "/loan-offers/{id}/code", needs: "offers:accept", answers: 409, _ => new { }) with
        {
            IsAskedBySlice = true,
        },
        // Nothing was accepted yet.
        Row("GET", "/loan-offers/{id}/acceptance", needs: "offers:read", answers: 404),
        // Whoever holds a link may open it; this one is unknown.
        Row("POST", "/loan-offers/{id}/link/open", needs: null, answers: 404, _ => new { token = Weak }),
        // Notifications.
        Row("GET", "/notifications", needs: "notifications:read", answers: 200),
        Row("GET", "/message-templates", needs: "notifications:read", answers: 200),
        Row("GET", "/message-templates/{kind}/preview", needs: "notifications:read", answers: 200),
        // It is no report.
        Row("POST", "/mail-bounces", needs: "notifications:report-bounces", answers: 400, _ => new { content = Weak }),
        Row("GET", "/mail-suppressions", needs: "notifications:read", answers: 200),
        Row("DELETE", "/mail-suppressions/{id}", needs: "notifications:lift-suppressions", answers: 404),
        Row("GET", "/inbox", needs: "notifications:inbox", answers: 200),
        Row("POST", "/inbox/{id}/read", needs: "notifications:inbox", answers: 404),
        Row("GET", "/notification-preferences", needs: "notifications:preferences", answers: 200),
        Row(
            "PUT",
            "/notification-preferences",
            needs: "notifications:preferences",
            answers: 200,
            _ => new { preferences = Array.Empty<object>() }
        ),
        // Nobody who logs in works in a sandbox.
        Row("GET", "/sandbox/messages", needs: "sandbox:messages", answers: 409),
        Row("GET", "/sandbox/clock", needs: "sandbox:manage", answers: 409),
        Row("POST", "/sandbox/clock", needs: "sandbox:manage", answers: 409, _ => new { now = "2027-01-31T09:00:00Z" }),
        // Servicing. Nobody has an account here, so what is right in form is not found.
        Row("GET", "/loan-accounts", needs: "servicing:read", answers: 200),
        Row("POST", "/loan-accounts/simulate", needs: "servicing:read", answers: 200, _ => SimulatedLoan()),
        Row("GET", "/loan-accounts/{id}", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/entries", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/statement", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/statements", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/interest-statement", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/repayment-plan", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/dunning-letters", needs: "servicing:read", answers: 404),
        Row("POST", "/loan-accounts/{id}/dunning-letters", needs: "servicing:post", answers: 404, _ => new { letterId = Unique.Id() }),
        Row("GET", "/dunning-letters/{id}", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/forbearance-offers", needs: "servicing:read", answers: 404),
        Row("POST", "/loan-accounts/{id}/forbearance-offers", needs: "servicing:post", answers: 404, _ => Forbearance()),
        Row("GET", "/dunning-levels", needs: "servicing:post", answers: 200),
        Row("PUT", "/dunning-levels", needs: "servicing:ledger", answers: 200, _ => DunningLevels()),
        Row("GET", "/base-rates", needs: "servicing:read", answers: 200),
        // Of a half-year that is known already.
        Row("POST", "/base-rates", needs: "servicing:base-rates", answers: 409, _ => KnownBaseRate()),
        Row("GET", "/trial-balance", needs: "servicing:ledger", answers: 200),
        Row("GET", "/ledger-exports/settings", needs: "servicing:ledger", answers: 200),
        Row(
            "PUT",
            "/ledger-exports/settings",
            needs: "servicing:ledger",
            answers: 200,
            _ => new { consultantNumber = 1001, clientNumber = 1 }
        ),
        Row("GET", "/closed-periods", needs: "servicing:ledger", answers: 200),
        // A day that is not over.
        Row("POST", "/closed-periods", needs: "servicing:ledger", answers: 400, _ => new { through = "2199-12-31" }),
        // Without a period.
        Row("GET", "/ledger-exports/csv", needs: "servicing:ledger", answers: 400),
        Row("GET", "/ledger-exports/datev", needs: "servicing:ledger", answers: 400),
        Row("GET", "/loan-accounts/{id}/payoffs", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/payoff-quotes", needs: "servicing:read", answers: 404),
        Row("POST", "/loan-accounts/{id}/payoff-quotes", needs: "servicing:post", answers: 404),
        Row("POST", "/loan-accounts/{id}/payments", needs: "servicing:post", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-accounts/{id}/charges", needs: "servicing:post", answers: 404, _ => LoanCharge()),
        Row("POST", "/loan-accounts/{id}/extra-repayments", needs: "servicing:post", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-events/{id}/returns", needs: "servicing:post", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-events/{id}/reversals", needs: "servicing:post", answers: 404, _ => new { eventId = Unique.Id() }),
        // Payments. Nobody has an account here, so what is right in form is not found, or cannot be collected.
        Row("GET", "/sepa-creditor", needs: "payments:read", answers: 404),
        // Wrong in form, so that no organisation has a creditor: what follows rests on that.
        Row("PUT", "/sepa-creditor", needs: "payments:release", answers: 400, _ => new { name = Weak }),
        Row("POST", "/payment-references", needs: "payments:post", answers: 400, _ => new { loanAccountId = Unique.Id() }),
        Row("POST", "/mandates", needs: "payments:post", answers: 409, _ => Mandate()),
        Row("GET", "/mandates", needs: "payments:read", answers: 200),
        Row("GET", "/mandates/{id}", needs: "payments:read", answers: 404),
        Row("POST", "/mandates/{id}/revocation", needs: "payments:post", answers: 404),
        Row("POST", "/collection-runs", needs: "payments:post", answers: 409, _ => new { collectOn = "2026-01-01" }),
        Row("GET", "/collection-runs", needs: "payments:read", answers: 200),
        Row("GET", "/collection-runs/{id}", needs: "payments:read", answers: 404),
        Row("POST", "/collection-runs/{id}/release", needs: "payments:release", answers: 404),
        Row("POST", "/collection-runs/{id}/cancellation", needs: "payments:post", answers: 404),
        Row("GET", "/collection-runs/{id}/file", needs: "payments:release", answers: 404),
        Row("GET", "/collections", needs: "payments:read", answers: 200),
        Row("POST", "/payee-accounts", needs: "payments:post", answers: 400, _ => PayeeAccount()),
        Row("GET", "/payee-accounts", needs: "payments:read", answers: 200),
        Row("GET", "/payee-accounts/{id}", needs: "payments:read", answers: 404),
        Row("POST", "/payee-accounts/{id}/verification", needs: "payments:release", answers: 404, _ => new { method = "DOCUMENT" }),
        Row("POST", "/payee-accounts/{id}/retirement", needs: "payments:post", answers: 404),
        Row("POST", "/payout-runs", needs: "payments:post", answers: 409, _ => PayoutRun()),
        Row("GET", "/payout-runs", needs: "payments:read", answers: 200),
        Row("GET", "/payout-runs/{id}", needs: "payments:read", answers: 404),
        Row("POST", "/payout-runs/{id}/release", needs: "payments:release", answers: 404),
        Row("POST", "/payout-runs/{id}/cancellation", needs: "payments:post", answers: 404),
        Row("GET", "/payout-runs/{id}/file", needs: "payments:release", answers: 404),
        Row("GET", "/payouts", needs: "payments:read", answers: 200),
        Row("POST", "/bank-statements", needs: "payments:post", answers: 200, _ => new { content = EmptyStatement }),
        Row("GET", "/bank-statements", needs: "payments:read", answers: 200),
        Row("GET", "/work-items", needs: "payments:read", answers: 200),
        Row("POST", "/work-items/{id}/assignment", needs: "payments:post", answers: 404, _ => new { loanAccountId = Unique.Id() }),
        Row("POST", "/work-items/{id}/dismissal", needs: "payments:post", answers: 404, _ => new { reason = "Our own money" }),
        // Nobody has set up who takes money from cards.
        Row("POST", "/card-payments", needs: "payments:card", answers: 409, _ => CardPayment()),
        Row("GET", "/card-payments", needs: "payments:read", answers: 200),
        Row("GET", "/card-payments/{id}", needs: "payments:card", answers: 404),
        Row("POST", "/card-payments/{id}/refunds", needs: "payments:release", answers: 404, _ => CardRefund()),
        Row("POST", "/payment-providers/stripe/events", needs: null, answers: 409, _ => new { id = "evt_1" }),
        Row("GET", "/loan-accounts/{id}/schedules", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/balances", needs: "servicing:read", answers: 404),
        Row("GET", "/loan-accounts/{id}/arrears", needs: "servicing:read", answers: 404),
        Row("POST", "/loan-accounts/{id}/reschedules", needs: "servicing:post", answers: 404, _ => LoanReschedule()),
        Row("POST", "/loan-accounts/{id}/withdrawal", needs: "servicing:post", answers: 404, _ => LoanStep()),
        Row("POST", "/loan-accounts/{id}/calling-due-notices", needs: "servicing:post", answers: 404, _ => LoanNotice()),
        Row("POST", "/loan-accounts/{id}/calling-due", needs: "servicing:post", answers: 404, _ => LoanStep()),
        Row("POST", "/loan-accounts/{id}/write-off", needs: "servicing:writeoff", answers: 404, _ => LoanStep()),
        Row("POST", "/loan-accounts/{id}/waivers", needs: "servicing:writeoff", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-accounts/{id}/goodwill-payments", needs: "servicing:writeoff", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-accounts/{id}/credit-refunds", needs: "servicing:payout", answers: 404, _ => LoanPayment()),
        Row("POST", "/loan-accounts/{id}/disbursements", needs: "servicing:payout", answers: 404, _ => LoanPayment()),
        Row("GET", "/loan-accounts/{id}/disbursements", needs: "servicing:payout", answers: 404),
        Row("POST", "/disbursements/{id}/confirmation", needs: "servicing:payout", answers: 404),
        Row("POST", "/disbursements/{id}/rejection", needs: "servicing:payout", answers: 404),
        // Applications. A customer of another organisation, or another customer, is unknown: that is a wrong field.
        Row("POST", "/applications", needs: "applications:write", answers: 201, target => new { customerId = target.CustomerId })
            .Except(Persona.OtherInstaller, 400)
            .Except(Persona.OtherKey, 400)
            .Except(Persona.OtherCustomer, 400)
            .Except(Persona.PlatformAdministrator, 400),
        Row("GET", "/applications", needs: "applications:read", answers: 200),
        // Nobody has applied here, so what is right in form is not found.
        Row("GET", "/applications/{id}", needs: "applications:read", answers: 404),
        Row("PATCH", "/applications/{id}", needs: "applications:write", answers: 404, _ => new { cars = 1 }),
        Row("POST", "/applications/{id}/submit", needs: "applications:write", answers: 404),
        Row("POST", "/applications/{id}/withdraw", needs: "applications:write", answers: 404, _ => new { }),
        Row("POST", "/applications/{id}/assess", needs: "applications:assess", answers: 404),
        Row("POST", "/applications/{id}/reassess", needs: "applications:assess", answers: 404),
        Row("POST", "/applications/{id}/claim", needs: "applications:review", answers: 404),
        Row("POST", "/applications/{id}/decide", needs: "applications:review", answers: 404, _ => ApplicationDecision()),
        Row("GET", "/applications/{id}/risk", needs: "applications:review", answers: 404),
        Row("POST", "/applications/{id}/risk/labels", needs: "applications:review", answers: 404, _ => new { label = "GENUINE" }),
        Row("GET", "/risk/quality", needs: "applications:review", answers: 200),
        Row("POST", "/applications/{id}/review-requests", needs: "applications:request-review", answers: 404, _ => new { }),
        Row("GET", "/applications/{id}/explanation", needs: "applications:read", answers: 404),
        Row("GET", "/application-rules", needs: "applications:settings", answers: 200),
        Row("PUT", "/application-rules", needs: "applications:settings", answers: 200, _ => new { needsApprovedApplication = false }),
        Row("POST", "/credit-policies", needs: "applications:policies", answers: 201, _ => NewCreditPolicy()),
        Row("GET", "/credit-policies", needs: "applications:policies", answers: 200),
        Row("GET", "/credit-policies/{id}", needs: "applications:policies", answers: 404),
        Row("PUT", "/credit-policies/{id}", needs: "applications:policies", answers: 404, _ => NewCreditPolicy()),
        Row("POST", "/credit-policies/{id}/commit", needs: "applications:policies", answers: 404),
        Row("POST", "/credit-policies/{id}/shadow", needs: "applications:policies", answers: 404),
        Row("POST", "/credit-policies/{id}/activate", needs: "applications:policies", answers: 404),
        Row("POST", "/credit-policies/{id}/retire", needs: "applications:policies", answers: 404),
        Row("POST", "/credit-policies/{id}/replays", needs: "applications:policies", answers: 404, _ => new { decisions = 10 }),
        Row("GET", "/credit-policies/{id}/shadow-decisions", needs: "applications:policies", answers: 404),
        // Audit.
        Row("GET", "/audit", needs: "audit:read", answers: 200),
        // Webhooks.
        Row("POST", "/webhooks", needs: "webhooks:manage", answers: 201, _ => NewWebhook()),
        Row("GET", "/webhooks", needs: "webhooks:manage", answers: 200),
        Row("GET", "/webhooks/{id}", needs: "webhooks:manage", answers: 200),
        Row("PATCH", "/webhooks/{id}", needs: "webhooks:manage", answers: 200, _ => new { url = "https://other.example.org/" }),
        Row("DELETE", "/webhooks/{id}", needs: "webhooks:manage", answers: 204),
        Row("POST", "/webhooks/{id}/secret", needs: "webhooks:manage", answers: 200),
        Row("POST", "/webhooks/{id}/test", needs: "webhooks:manage", answers: 202),
        Row("GET", "/webhooks/{id}/deliveries", needs: "webhooks:manage", answers: 200),
        // There is no such delivery.
        Row("POST", "/webhooks/{id}/deliveries/{deliveryId}/replay", needs: "webhooks:manage", answers: 404),
        // Documents.
        // It takes a form, and the matrix sends JSON: whoever gets so far is let in.
        Row("POST", "/documents", needs: "documents:upload", answers: 415, _ => new { kind = "PAYSLIP" }),
        Row("GET", "/documents", needs: "documents:read", answers: 200),
        Row("GET", "/documents/{id}", needs: "documents:read", answers: 200),
        // There is no virus scanner, so the target stays in quarantine: nobody reads it or decides on it.
        Row("GET", "/documents/{id}/content", needs: "documents:read", answers: 409),
        Row("POST", "/documents/{id}/review", needs: "documents:review", answers: 409, _ => new { decision = "APPROVED" }),
        // The id in the body belongs to nobody.
        Row(
            "POST",
            "/document-requests",
            needs: "documents:request",
            answers: 404,
            _ => new { customerId = Unique.Id(), kind = "PAYSLIP" }
        ),
        Row("GET", "/document-requests", needs: "documents:read", answers: 200),
        Row("GET", "/document-requests/{id}", needs: "documents:read", answers: 200),
        // Disclosures. Settings, which reading needs, too, would change the other rows' answers.
        Row("GET", "/disclosure-settings", needs: "disclosures:settings", answers: 200) with
        {
            HarmsPersona = true,
        },
        Row("PUT", "/disclosure-settings", needs: "disclosures:settings", answers: 200, _ => SampleBodies.DisclosureSettings()) with
        {
            HarmsPersona = true,
        },
        Row(
            "POST",
            "/loan-offers/{id}/disclosures",
            needs: "disclosures:issue",
            answers: 409,
            _ => new { medium = "PAPER", language = "en" }
        ),
        // Of an offer that is somebody else's, nothing was given.
        Row("GET", "/loan-offers/{id}/disclosures", needs: "disclosures:read", answers: 200)
            .Except(Persona.OtherCustomer, 200)
            .Except(Persona.OtherInstaller, 200)
            .Except(Persona.PlatformAdministrator, 200),
        // The id is not that of a disclosure.
        Row("GET", "/disclosures/{id}", needs: "disclosures:read", answers: 404),
        Row("GET", "/disclosures/{id}/document", needs: "disclosures:read", answers: 404),
        Row("GET", "/disclosures/{id}/page", needs: "disclosures:read", answers: 404),
    ];

    private static object ApplicationDecision() =>
        new
        {
            result = "DECLINED",
            comment = "Too little is left.",
            reasons = new[] { "SURPLUS" },
        };

    // No two of an organisation are called alike.
    private static object NewCreditPolicy() =>
        new { policy = JsonElement.Parse((CreditPolicy.Standard with { Version = Unique.Text() }).ToJson()) };

    public static object NewPermissionGroup() => new { name = $"Group {Unique.Text()}", permissions = KeyScopes };

    public static object NewTerms() =>
        new
        {
            kind = "TERMS",
            language = "de",
            text = "Wir verkaufen keine Daten.",
        };

    public static object NewApiKey() => new { name = "ERP", scopes = KeyScopes };

    public static object NewWebhook() => new { url = "https://erp.example.org/", eventTypes = EventTypes };

    private static MatrixRow Row(string method, string route, string? needs, int answers, Func<Target, object>? body = null) =>
        body is null ? new(method, route, needs, answers) : new(method, route, needs, answers) { Body = body };

    private static object NewStaff() => new { username = Unique.Username(), email = Unique.Email() };

    private static object PasswordReset() =>
        new
        {
            token = Weak,
            password = World.Password,
            passwordConfirm = World.Password,
        };

    private static object Registration() =>
        new
        {
            username = Unique.Username(),
            email = Unique.Email(),
            password = World.Password,
            passwordConfirm = World.Password,
        };

    private static object InvitationAcceptance(Target target) =>
        new
        {
            token = target.InvitationToken,
            password = World.Password,
            passwordConfirm = World.Password,
        };

    private static object NewProfile() => new { username = Unique.Username(), email = Unique.Email() };

    private static object WrongPasswordChange() =>
        new
        {
            currentPassword = Weak,
            password = World.Password + "!",
            passwordConfirm = World.Password + "!",
        };

    private static object WrongPasskey() =>
        new
        {
            challenge = Weak,
            name = "My phone",
            passkey = new { id = Weak },
        };

    private static object NewOrganization() =>
        new
        {
            name = $"Wärme {Unique.Text()}",
            country = "AT",
            currency = "EUR",
            timeZone = "Europe/Vienna",
        };

    private static object IdentityProvider() =>
        new
        {
            authority = "https://login.example.org",
            clientId = "lending",
            clientSecret = Weak,
            emailDomains = new[] { "example.org" },
            active = false,
        };

    private static object SimulatedLoan() =>
        new
        {
            principal = 1_000,
            firstDueOn = "2026-02-01",
            count = 2,
            asOf = "2026-01-31",
        };

    private static object LoanCharge() =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-01-31",
            amount = 1,
            kind = "FEE",
        };

    private static object LoanStep() => new { eventId = Unique.Id(), effectiveOn = "2026-01-31" };

    private static object LoanNotice() =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-01-31",
            talkOfferedOn = "2026-01-31",
        };

    private static object LoanReschedule() =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-01-31",
            kind = "RATE_REDUCTION",
            annualRatePercent = 1,
            reason = "LENDER_OFFER",
        };

    private static object Forbearance() =>
        new
        {
            offerId = Unique.Id(),
            kind = "DEFERRAL",
            offeredOn = "2026-01-31",
        };

    private static object DunningLevels() => new { levels = new[] { new { afterDays = 5, payWithinDays = 7 } } };

    private static object KnownBaseRate() =>
        new
        {
            from = "2026-01-01",
            percent = 1.27,
            source = "Deutsche Bundesbank",
        };

    private static object LoanPayment() =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-01-31",
            amount = 1,
        };

    // Of a customer who is nobody.
    private static object PayeeAccount() =>
        new
        {
            customerId = Unique.Id(),
            holderName = "Solarbau Nord GmbH",
            iban = "DE89370400440532013000",
            town = "Kiel",
            country = "DE",
        };

    private static object PayoutRun() =>
        new { executeOn = "2026-01-01", payouts = new[] { new { loanEventId = Unique.Id(), payeeAccountId = Unique.Id() } } };

    private static object CardPayment() =>
        new
        {
            requestId = Unique.Id(),
            loanAccountId = Unique.Id(),
            amount = 1,
            currency = "EUR",
        };

    private static object CardRefund() => new { requestId = Unique.Id(), amount = 1 };

    private static object Mandate() =>
        new
        {
            loanAccountId = Unique.Id(),
            holderName = "Erika Muster",
            iban = "DE89370400440532013000",
            signedOn = "2026-01-31",
            signature = "PAPER",
            evidenceHash = new string('0', 64),
        };

    private static object ApprovalTiers() => new { tiers = new[] { new { approver = "installer" } } };

    private static object Consent() => new { purpose = $"p-{Unique.Text()}", textVersion = "1" };

    private static object RetentionRules() => new { rules = new[] { new { records = "MESSAGES", months = 120 } } };

    private static object Quote() =>
        new
        {
            loanAmount = 18000,
            annualRatePercent = 4.9,
            termMonths = 120,
        };

    private static object Decision() =>
        new
        {
            version = 1,
            documentHash = new string('0', 64),
            comment = "Checked.",
        };

    private static object Rejection() =>
        new
        {
            reason = "OTHER",
            version = 1,
            documentHash = new string('0', 64),
            comment = "Checked.",
        };

    private static object OfferAcceptance() =>
        new
        {
            typedName = "Jürgen Groß",
            version = 1,
            documentHash = Weak,
        };

    private static object Comment() => new { comment = "Checked." };
}
