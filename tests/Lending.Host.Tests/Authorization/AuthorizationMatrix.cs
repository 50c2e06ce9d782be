using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>One endpoint: a request that is right in itself, and the status that each persona gets.</summary>
internal sealed record MatrixRow(
    string Method,
    string Route,
    Func<Target, (string Path, object? Body)> Request,
    Dictionary<Persona, int> Expected
)
{
    public string Endpoint => $"{Method} {Route}";
}

/// <summary>Who may do what. Columns: anonymous, own customer, other customer, own installer, other installer, administrator,
/// platform administrator, own underwriter.</summary>
internal static class AuthorizationMatrix
{
    private const string Weak = "wrong";

    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        // Authentication: everybody, because nobody is known yet. What is sent is right in form and refused for its content, or accepted.
        Row("POST", "/auth/register", _ => ("/auth/register", Registration()), 201, 201, 201, 201, 201, 201, 201, 201),
        Row(
            "POST",
            "/auth/register-customer",
            _ => ("/auth/register-customer", World.NewRegistration()),
            201,
            201,
            201,
            201,
            201,
            201,
            201,
            201
        ),
        Row(
            "POST",
            "/auth/login",
            _ => ("/auth/login", new { username = Unique.Username(), password = Weak }),
            401,
            401,
            401,
            401,
            401,
            401,
            401,
            401
        ),
        Row(
            "POST",
            "/auth/token/refresh",
            _ => ("/auth/token/refresh", new { refreshToken = Weak }),
            401,
            401,
            401,
            401,
            401,
            401,
            401,
            401
        ),
        Row("POST", "/auth/logout", _ => ("/auth/logout", new { refreshToken = Weak }), 204, 204, 204, 204, 204, 204, 204, 204),
        Row(
            "POST",
            "/auth/invitations/accept",
            target => ("/auth/invitations/accept", Acceptance(target)),
            200,
            200,
            200,
            200,
            200,
            200,
            200,
            200
        ),
        // Users.
        Row("GET", "/users/me", _ => ("/users/me", null), 401, 200, 200, 200, 200, 200, 200, 200),
        Row("PUT", "/users/me", _ => ("/users/me", NewProfile()), 401, 200, 200, 200, 200, 200, 200, 200),
        Row("PATCH", "/users/me", _ => ("/users/me", new { email = Unique.Email() }), 401, 200, 200, 200, 200, 200, 200, 200),
        Row("POST", "/users/me/password", _ => ("/users/me/password", WrongPasswordChange()), 401, 400, 400, 400, 400, 400, 400, 400),
        Row("POST", "/users/installers", _ => ("/users/installers", Registration()), 401, 403, 403, 201, 201, 201, 201, 403),
        Row("POST", "/users/underwriters", _ => ("/users/underwriters", Registration()), 401, 403, 403, 403, 403, 201, 201, 403),
        Row("GET", "/users", _ => ("/users", null), 401, 403, 403, 403, 403, 200, 200, 403),
        Row("GET", "/users/{id}", target => ($"/users/{target.UserId}", null), 401, 403, 403, 403, 403, 200, 200, 403),
        Row("PATCH", "/users/{id}", target => ($"/users/{target.UserId}", new { active = false }), 401, 403, 403, 403, 403, 200, 200, 403),
        // Organisations.
        Row("POST", "/organizations", _ => ("/organizations", NewOrganization()), 401, 403, 403, 403, 403, 403, 201, 403),
        Row("GET", "/organizations", _ => ("/organizations", null), 401, 403, 403, 403, 403, 403, 200, 403),
        Row(
            "GET",
            "/organizations/{id}",
            target => ($"/organizations/{target.OrganizationId}", null),
            401,
            403,
            403,
            403,
            403,
            403,
            200,
            403
        ),
        Row(
            "PATCH",
            "/organizations/{id}",
            target => ($"/organizations/{target.OrganizationId}", Renaming()),
            401,
            403,
            403,
            403,
            403,
            403,
            200,
            403
        ),
        Row(
            "GET",
            "/organizations/{id}/approval-tiers",
            target => ($"/organizations/{target.OrganizationId}/approval-tiers", null),
            401,
            403,
            403,
            200,
            404,
            200,
            200,
            200
        ),
        Row(
            "PUT",
            "/organizations/{id}/approval-tiers",
            target => ($"/organizations/{target.OrganizationId}/approval-tiers", ApprovalTiers()),
            401,
            403,
            403,
            403,
            403,
            200,
            200,
            403
        ),
        // Customers.
        Row("POST", "/customers", _ => ("/customers", World.NewCustomer()), 401, 403, 403, 201, 201, 201, 201, 403),
        Row("GET", "/customers", _ => ("/customers", null), 401, 200, 200, 200, 200, 200, 200, 200),
        Row("GET", "/customers/{id}", target => ($"/customers/{target.CustomerId}", null), 401, 200, 404, 200, 404, 200, 404, 200),
        Row(
            "PUT",
            "/customers/{id}",
            target => ($"/customers/{target.CustomerId}", World.NewCustomer()),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            403
        ),
        Row(
            "PATCH",
            "/customers/{id}",
            target => ($"/customers/{target.CustomerId}", new { city = "Hamburg" }),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            403
        ),
        // The target has an offer, so who may delete is told that it cannot be.
        Row("DELETE", "/customers/{id}", target => ($"/customers/{target.CustomerId}", null), 401, 403, 403, 409, 404, 409, 404, 403),
        Row(
            "POST",
            "/customers/{id}/invitation",
            target => ($"/customers/{target.CustomerId}/invitation", null),
            401,
            403,
            403,
            201,
            404,
            201,
            404,
            403
        ),
        // Loan products.
        Row("POST", "/loan-products", _ => ("/loan-products", World.NewProduct()), 401, 403, 403, 403, 403, 201, 201, 403),
        Row("GET", "/loan-products", _ => ("/loan-products", null), 401, 403, 403, 200, 200, 200, 200, 200),
        Row("GET", "/loan-products/{id}", target => ($"/loan-products/{target.ProductId}", null), 401, 403, 403, 200, 404, 200, 404, 200),
        Row(
            "PATCH",
            "/loan-products/{id}",
            target => ($"/loan-products/{target.ProductId}", new { validityDays = 20 }),
            401,
            403,
            403,
            403,
            403,
            200,
            404,
            403
        ),
        Row(
            "DELETE",
            "/loan-products/{id}",
            target => ($"/loan-products/{target.ProductId}", null),
            401,
            403,
            403,
            403,
            403,
            204,
            404,
            403
        ),
        Row(
            "GET",
            "/loan-products/{id}/versions",
            target => ($"/loan-products/{target.ProductId}/versions", null),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "GET",
            "/loan-products/{id}/versions/{number}",
            target => ($"/loan-products/{target.ProductId}/versions/1", null),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            200
        ),
        // Loans.
        Row("POST", "/loan-offers/quote", _ => ("/loan-offers/quote", Quote()), 200, 200, 200, 200, 200, 200, 200, 200),
        // A customer of another organisation is unknown, which is a wrong field and not a missing resource.
        Row("POST", "/loan-offers", target => ("/loan-offers", World.NewOffer(target.CustomerId)), 401, 403, 403, 201, 400, 201, 400, 403),
        Row("GET", "/loan-offers", _ => ("/loan-offers", null), 401, 200, 200, 200, 200, 200, 200, 200),
        Row("GET", "/loan-offers/{id}", target => ($"/loan-offers/{target.OfferId}", null), 401, 200, 404, 200, 404, 200, 404, 200),
        Row(
            "PUT",
            "/loan-offers/{id}",
            target => ($"/loan-offers/{target.OfferId}", World.NewOffer(target.CustomerId)),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            403
        ),
        Row(
            "PATCH",
            "/loan-offers/{id}",
            target => ($"/loan-offers/{target.OfferId}", new { termMonths = 60 }),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            403
        ),
        Row("DELETE", "/loan-offers/{id}", target => ($"/loan-offers/{target.OfferId}", null), 401, 403, 403, 204, 404, 204, 404, 403),
        Row(
            "GET",
            "/loan-offers/{id}/schedule",
            target => ($"/loan-offers/{target.OfferId}/schedule", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "GET",
            "/loan-offers/{id}/document",
            target => ($"/loan-offers/{target.OfferId}/document", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "GET",
            "/loan-offers/{id}/history",
            target => ($"/loan-offers/{target.OfferId}/history", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "POST",
            "/loan-offers/{id}/approve",
            target => ($"/loan-offers/{target.OfferId}/approve", Comment()),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "POST",
            "/loan-offers/{id}/reject",
            target => ($"/loan-offers/{target.OfferId}/reject", Rejection()),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            200
        ),
        // The target is pending, so whoever may go the steps after an approval is told that it cannot be yet.
        Row(
            "POST",
            "/loan-offers/{id}/disburse",
            target => ($"/loan-offers/{target.OfferId}/disburse", Comment()),
            401,
            403,
            403,
            409,
            404,
            409,
            404,
            409
        ),
        Row(
            "POST",
            "/loan-offers/{id}/cancel",
            target => ($"/loan-offers/{target.OfferId}/cancel", Comment()),
            401,
            403,
            403,
            200,
            404,
            200,
            404,
            403
        ),
        Row(
            "POST",
            "/loan-offers/{id}/accept",
            target => ($"/loan-offers/{target.OfferId}/accept", Acceptance()),
            401,
            409,
            404,
            403,
            403,
            403,
            403,
            403
        ),
        Row(
            "POST",
            "/loan-offers/{id}/decline",
            target => ($"/loan-offers/{target.OfferId}/decline", Comment()),
            401,
            409,
            404,
            403,
            403,
            403,
            403,
            403
        ),
        Row(
            "POST",
            "/loan-offers/{id}/withdraw",
            target => ($"/loan-offers/{target.OfferId}/withdraw", Comment()),
            401,
            409,
            404,
            403,
            403,
            403,
            403,
            403
        ),
        Row(
            "POST",
            "/loan-offers/{id}/link",
            target => ($"/loan-offers/{target.OfferId}/link", null),
            401,
            403,
            403,
            409,
            404,
            409,
            404,
            403
        ),
        // A link speaks for itself, whoever holds it; this one is unknown.
        Row(
            "POST",
            "/loan-offers/{id}/link/open",
            target => ($"/loan-offers/{target.OfferId}/link/open", new { token = Weak }),
            404,
            404,
            404,
            404,
            404,
            404,
            404,
            404
        ),
        // Nothing was accepted yet.
        Row(
            "GET",
            "/loan-offers/{id}/acceptance",
            target => ($"/loan-offers/{target.OfferId}/acceptance", null),
            401,
            404,
            404,
            404,
            404,
            404,
            404,
            404
        ),
        Row(
            "GET",
            "/loan-offers/{id}/versions",
            target => ($"/loan-offers/{target.OfferId}/versions", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "GET",
            "/loan-offers/{id}/versions/{number}",
            target => ($"/loan-offers/{target.OfferId}/versions/1", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
        Row(
            "POST",
            "/loan-offers/{id}/comments",
            target => ($"/loan-offers/{target.OfferId}/comments", new { text = "Hello" }),
            401,
            201,
            404,
            201,
            404,
            201,
            404,
            201
        ),
        Row(
            "GET",
            "/loan-offers/{id}/comments",
            target => ($"/loan-offers/{target.OfferId}/comments", null),
            401,
            200,
            404,
            200,
            404,
            200,
            404,
            200
        ),
    ];

    private static MatrixRow Row(string method, string route, Func<Target, (string Path, object? Body)> request, params int[] statuses) =>
        statuses.Length == Enum.GetValues<Persona>().Length
            ? new(method, route, request, Enum.GetValues<Persona>().Zip(statuses).ToDictionary(pair => pair.First, pair => pair.Second))
            : throw new ArgumentException($"{method} {route} needs a status for each persona.", nameof(statuses));

    private static object Registration() =>
        new
        {
            username = Unique.Username(),
            email = Unique.Email(),
            password = World.Password,
            passwordConfirm = World.Password,
        };

    private static object Acceptance(Target target) =>
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

    private static object NewOrganization() =>
        new
        {
            name = $"Wärme {Unique.Text()}",
            country = "AT",
            currency = "EUR",
            timeZone = "Europe/Vienna",
        };

    private static object Renaming() => new { name = $"Solar {Unique.Text()}" };

    private static object ApprovalTiers() => new { tiers = new[] { new { approver = "installer" } } };

    private static object Quote() =>
        new
        {
            loanAmount = 18000,
            annualRatePercent = 4.9,
            termMonths = 120,
        };

    private static object Rejection() => new { reason = "OTHER", comment = "Checked." };

    private static object Acceptance() =>
        new
        {
            typedName = "Jürgen Groß",
            version = 1,
            documentHash = Weak,
        };

    private static object Comment() => new { comment = "Checked." };
}
