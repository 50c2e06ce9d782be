namespace Lending.Platform.Security;

/// <summary>The names of the claims that an access token carries, and that an API key stands for.</summary>
public static class AccessTokenClaims
{
    /// <summary>The user's id.</summary>
    public const string Subject = "sub";

    /// <summary>The id of the session that the token belongs to.</summary>
    public const string Session = "sid";

    /// <summary>The user's login name.</summary>
    public const string Username = "preferred_username";

    /// <summary>The id of the user's organisation.</summary>
    public const string Organization = "org";

    /// <summary>The user's role: ADMIN, INSTALLER, UNDERWRITER or CUSTOMER. For display; what a caller may do stands in <see cref="Permissions"/>.</summary>
    public const string Role = "role";

    /// <summary>The id of the customer that the user is, for a customer's account.</summary>
    public const string Customer = "customer_id";

    /// <summary>What the user may do, one claim for each permission.</summary>
    public const string Permissions = "permissions";

    /// <summary>Present and true where the user has a second factor.</summary>
    public const string SecondFactor = "mfa";

    /// <summary>
    /// When the user proved last in this session who they are, in seconds since 1970: with their second factor where they have one (0: never), else by
    /// logging in.
    /// </summary>
    public const string ProvedAt = "proved_at";

    /// <summary>Counts up when the user's earlier tokens have to stop working; see <see cref="IAccessRevocations"/>.</summary>
    public const string AccessVersion = "ver";
}
