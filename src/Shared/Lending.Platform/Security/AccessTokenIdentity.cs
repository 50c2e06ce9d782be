using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Lending.Platform.Security;

/// <summary>
/// Who a valid access token says its bearer is. Requests with the same token share one, so nothing may be added to it.
/// </summary>
public sealed class AccessTokenIdentity : ClaimsIdentity
{
    /// <summary>Reads once what every request asks for.</summary>
    /// <exception cref="FormatException">A claim is missing, or not what Lending writes.</exception>
    internal AccessTokenIdentity(IEnumerable<Claim> claims)
        : base(claims, JwtBearerDefaults.AuthenticationScheme, AccessTokenClaims.Subject, AccessTokenClaims.Role)
    {
        UserId = Guid.Parse(Value(AccessTokenClaims.Subject));
        SessionId = Guid.Parse(Value(AccessTokenClaims.Session));
        Username = Value(AccessTokenClaims.Username);
        OrganizationId = Guid.Parse(Value(AccessTokenClaims.Organization));
        AccessVersion = int.Parse(Value(AccessTokenClaims.AccessVersion), CultureInfo.InvariantCulture);
        CustomerId = FindFirst(AccessTokenClaims.Customer) is { } customer ? Guid.Parse(customer.Value) : null;
        SeesWholeOrganization = HasClaim(AccessTokenClaims.Permissions, Caller.WholeOrganizationPermission);
        if (FindAll(AccessTokenClaims.Permissions).Any(permission => permission.ValueType != ClaimValueTypes.String))
        {
            throw new FormatException("A permission is not a string.");
        }
    }

    internal Guid UserId { get; }

    internal Guid SessionId { get; }

    internal string Username { get; }

    internal Guid OrganizationId { get; }

    internal int AccessVersion { get; }

    internal Guid? CustomerId { get; }

    internal bool SeesWholeOrganization { get; }

    private string Value(string claim) => FindFirst(claim)?.Value ?? throw new FormatException($"The token has no claim '{claim}'.");
}
