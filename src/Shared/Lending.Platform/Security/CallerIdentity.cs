using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Lending.Platform.Security;

/// <summary>
/// Who a request's credential says its sender is: an access token or an API key. Requests with the same credential share one, so nothing may be added
/// to it.
/// </summary>
public sealed class CallerIdentity : ClaimsIdentity
{
    /// <summary>Reads once from an access token what every request asks for.</summary>
    /// <exception cref="FormatException">A claim is missing, or not what Lending writes.</exception>
    internal CallerIdentity(IEnumerable<Claim> claims)
        : this(claims, JwtBearerDefaults.AuthenticationScheme)
    {
        SessionId = Guid.Parse(Value(AccessTokenClaims.Session));
        AccessVersion = int.Parse(Value(AccessTokenClaims.AccessVersion), CultureInfo.InvariantCulture);
        CustomerId = FindFirst(AccessTokenClaims.Customer) is { } customer ? Guid.Parse(customer.Value) : null;
        SeesWholeOrganization = HasClaim(AccessTokenClaims.Permissions, Caller.WholeOrganizationPermission);
        HasSecondFactor = FindFirst(AccessTokenClaims.SecondFactor) is { } has && bool.Parse(has.Value);
        ProvedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Value(AccessTokenClaims.ProvedAt), CultureInfo.InvariantCulture));
        if (FindAll(AccessTokenClaims.Permissions).Any(permission => permission.ValueType != ClaimValueTypes.String))
        {
            throw new FormatException("A permission is not a string.");
        }
    }

    private CallerIdentity(Guid apiKeyId, Guid ownerId, IEnumerable<Claim> claims)
        : this(claims, ApiKeyHandler.SchemeName)
    {
        ApiKeyId = apiKeyId;
        OwnerId = ownerId;
        // A key acts for its organisation, so there is nobody whose rows it could be limited to.
        SeesWholeOrganization = true;
    }

    private CallerIdentity(IEnumerable<Claim> claims, string authenticationType)
        : base(claims, authenticationType, AccessTokenClaims.Subject, AccessTokenClaims.Role)
    {
        UserId = Guid.Parse(Value(AccessTokenClaims.Subject));
        Username = Value(AccessTokenClaims.Username);
        OrganizationId = OwnerId = Guid.Parse(Value(AccessTokenClaims.Organization));
    }

    /// <summary>The key that was sent instead of an access token.</summary>
    public Guid? ApiKeyId { get; }

    /// <summary>Whether it is a person who works for the organisation, and neither a customer nor a system.</summary>
    public bool IsStaff => ApiKeyId is null && !HasClaim(AccessTokenClaims.Role, "CUSTOMER");

    /// <summary>The organisation whose rows the caller works on.</summary>
    public Guid OrganizationId { get; }

    /// <summary>The organisation that the credential belongs to: of a sandbox key, the one whose sandbox it works in.</summary>
    public Guid OwnerId { get; }

    /// <summary>Whether it is a key that works in a sandbox.</summary>
    internal bool IsSandboxKey => OwnerId != OrganizationId;

    /// <summary>The session that the access token belongs to; a key has none.</summary>
    internal Guid? SessionId { get; }

    internal Guid UserId { get; }

    internal string Username { get; }

    internal int AccessVersion { get; }

    internal Guid? CustomerId { get; }

    internal bool HasSecondFactor { get; }

    internal DateTimeOffset ProvedAt { get; }

    internal bool SeesWholeOrganization { get; }

    /// <summary>What an API key makes of its sender.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="ownerId">The organisation that it belongs to.</param>
    /// <param name="createdBy">The user who created it, who counts as the one who does what the key does.</param>
    /// <param name="name">The key's name, which stands in place of a user's.</param>
    /// <param name="organizationId">The organisation that it acts in.</param>
    /// <param name="scopes">What it may do.</param>
    public static CallerIdentity OfApiKey(
        Guid id,
        Guid ownerId,
        Guid createdBy,
        string name,
        Guid organizationId,
        IEnumerable<string> scopes
    ) =>
        new(
            id,
            ownerId,
            [
                new(AccessTokenClaims.Subject, createdBy.ToString()),
                new(AccessTokenClaims.Username, name),
                new(AccessTokenClaims.Organization, organizationId.ToString()),
                .. scopes.Select(scope => new Claim(AccessTokenClaims.Permissions, scope)),
            ]
        );

    private string Value(string claim) => FindFirst(claim)?.Value ?? throw new FormatException($"The token has no claim '{claim}'.");
}
