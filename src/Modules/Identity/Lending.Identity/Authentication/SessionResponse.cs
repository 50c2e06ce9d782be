using Lending.Identity.Users;
using Lending.Kernel;
using Mapster;

namespace Lending.Identity.Authentication;

/// <summary>A session: the tokens, and whose they are.</summary>
internal sealed class SessionResponse
{
    /// <summary>Send it as <c>Authorization: Bearer …</c>.</summary>
    /// <example>eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTkzOGM0ZSJ9.c2lnbmF0dXJl</example>
    public required string AccessToken { get; init; }

    /// <summary>Works once and for seven days, for <c>POST /auth/token/refresh</c>.</summary>
    /// <example>01938c4e7c1f7a639d6c6f0f5b8b1a20q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6y</example>
    public required string RefreshToken { get; init; }

    /// <summary>
    /// Keep it beyond the session, and send it at the next login: others' failed attempts then never lock the user out on this device. Null in the
    /// answer to a refresh.
    /// </summary>
    /// <example>vJ3kQz8Yw5t0b2Nn6Lx9cR1sD4fG7hA_pE-mU0iOqXk</example>
    public required string? DeviceToken { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    /// <example>Bearer</example>
    public string TokenType { get; } = "Bearer";

    /// <summary>How long the access token works, in seconds.</summary>
    /// <example>3600</example>
    public required int ExpiresIn { get; init; }

    /// <summary>
    /// Whether the user's role requires a second factor that they do not have: then the session permits their own account alone, until they have set one up
    /// and refreshed it.
    /// </summary>
    /// <example>false</example>
    public required bool SecondFactorMissing { get; init; }

    /// <summary>Whether terms or a privacy policy wait for the user's acceptance: <c>GET /users/me/terms</c> tells which.</summary>
    /// <example>false</example>
    public required bool TermsWaiting { get; init; }

    /// <summary>
    /// Whether the organisation requires this acceptance: then the session permits the user's own account alone, until they have accepted and refreshed
    /// it.
    /// </summary>
    /// <example>false</example>
    public required bool TermsMissing { get; init; }

    /// <summary>Who is logged in.</summary>
    public required SessionUser User { get; init; }
}

/// <summary>Who is logged in.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The login name.</param>
/// <param name="Email">The e-mail.</param>
/// <param name="Role">ADMIN, INSTALLER, UNDERWRITER or CUSTOMER.</param>
/// <param name="OrganizationId">The organisation the user belongs to.</param>
/// <param name="CustomerId">The customer whose account this is, if it is one's.</param>
internal sealed record SessionUser(Guid Id, string Username, string Email, Role Role, Guid OrganizationId, Guid? CustomerId)
{
    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<User, SessionUser>().Map(response => response.Username, user => user.UserName);
    }
}
