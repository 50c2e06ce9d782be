using Lending.Kernel;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Security;

/// <summary>
/// Who makes the present request and what they may see; scoped. Without an access token or an API key it is nobody, who belongs to no
/// organisation and sees no rows.
/// </summary>
public sealed class Caller
{
    /// <summary>The permission to see every row of the own organisation; without it a caller sees only what is theirs.</summary>
    public const string WholeOrganizationPermission = "organization:all";

    private CallerIdentity? credential;

    /// <summary>Reads the caller from the credential of the present request, if there is one.</summary>
    public Caller(IHttpContextAccessor accessor)
    {
        if (accessor.HttpContext?.User.Identity is not CallerIdentity identity)
        {
            return;
        }
        credential = identity;
        UserId = identity.UserId;
        SessionId = identity.SessionId;
        Username = identity.Username;
        OrganizationId = identity.OrganizationId;
        CustomerScope = identity.SeesWholeOrganization ? null : identity.CustomerId ?? Guid.Empty;
    }

    /// <summary>The user, or for an API key the one who created it; empty for nobody.</summary>
    public Guid UserId { get; private set; }

    /// <summary>The session that the request belongs to; null where there is none.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>The user's login name, or the API key's name; empty for nobody.</summary>
    public string Username { get; private set; } = "";

    /// <summary>The organisation whose rows the caller works on; empty for nobody.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The only customer whose rows the caller sees (empty: none at all); null for staff, who see the whole organisation.</summary>
    public Guid? CustomerScope { get; private set; } = Guid.Empty;

    /// <summary>Whether the caller has an API key that works in a sandbox.</summary>
    public bool HasSandboxKey => credential?.IsSandboxKey == true;

    /// <summary>The caller as it is written into a row they create.</summary>
    public UserReference Reference => new(UserId, Username);

    /// <summary>Whether the caller's credential carries this permission.</summary>
    public bool May(string permission) => credential?.HasClaim(AccessTokenClaims.Permissions, permission) == true;

    /// <summary>
    /// Lets this scope work for an organisation that its credential does not name: for somebody anonymous (sign-up, a link), for a job (events,
    /// deadlines), or for the platform's administrators in another organisation. With a customer, it sees only what is theirs.
    /// </summary>
    public void ActFor(Guid organizationId, UserReference user, Guid? customerScope = null)
    {
        credential = null;
        SessionId = null;
        OrganizationId = organizationId;
        UserId = user.Id;
        Username = user.Username;
        CustomerScope = customerScope;
    }
}
