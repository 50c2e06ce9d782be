using System.Globalization;
using System.Security.Claims;

namespace Lending.Platform.Security;

/// <summary>
/// Who a valid access token says its bearer is. Requests with the same token share one, so nothing may be added to it.
/// </summary>
public sealed class AccessTokenIdentity : ClaimsIdentity
{
    /// <summary>Reads what every request asks for once.</summary>
    internal AccessTokenIdentity(IReadOnlyCollection<Claim> claims, DateTimeOffset notBefore, DateTimeOffset expiresAt)
        : base(claims, AccessTokenAuthentication.SchemeName, AccessTokenClaims.Subject, AccessTokenClaims.Role)
    {
        UserId = Guid.Parse(Value(AccessTokenClaims.Subject));
        Username = Value(AccessTokenClaims.Username);
        OrganizationId = Guid.Parse(Value(AccessTokenClaims.Organization));
        AccessVersion = int.Parse(Value(AccessTokenClaims.AccessVersion), CultureInfo.InvariantCulture);
        CustomerId = FindFirst(AccessTokenClaims.Customer) is { } customer ? Guid.Parse(customer.Value) : null;
        SeesWholeOrganization = HasClaim(AccessTokenClaims.Permissions, Caller.WholeOrganizationPermission);
        NotBefore = notBefore;
        ExpiresAt = expiresAt;
    }

    internal Guid UserId { get; }

    internal string Username { get; }

    internal Guid OrganizationId { get; }

    internal int AccessVersion { get; }

    internal Guid? CustomerId { get; }

    internal bool SeesWholeOrganization { get; }

    internal DateTimeOffset NotBefore { get; }

    internal DateTimeOffset ExpiresAt { get; }

    private string Value(string claim) => FindFirst(claim)?.Value ?? throw new FormatException($"The token has no claim '{claim}'.");
}
