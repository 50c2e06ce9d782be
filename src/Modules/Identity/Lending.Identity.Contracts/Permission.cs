namespace Lending.Identity.Contracts;

/// <summary>The names of all permissions. Slices name one; roles are sets of them; the access token carries them.</summary>
public static class Permission
{
    /// <summary>See every row of the own organisation. Without it, a caller sees only what is theirs.</summary>
    public const string WholeOrganization = "organization:all";

    /// <summary>Read and change the own account: user name, e-mail, password.</summary>
    public const string OwnAccount = "account:own";

    /// <summary>Read customers.</summary>
    public const string CustomersRead = "customers:read";

    /// <summary>Create, change, invite and delete customers.</summary>
    public const string CustomersWrite = "customers:write";

    /// <summary>Read loan offers, their schedule and history.</summary>
    public const string OffersRead = "offers:read";

    /// <summary>Create, change and delete loan offers.</summary>
    public const string OffersWrite = "offers:write";

    /// <summary>Approve, reject and disburse loan offers.</summary>
    public const string OffersDecide = "offers:decide";

    /// <summary>Approve loan offers of the amounts that the organisation leaves to underwriters.</summary>
    public const string OffersUnderwrite = "offers:underwrite";

    /// <summary>Accept, decline and withdraw from loan offers, as the customer they are made to.</summary>
    public const string OffersAccept = "offers:accept";

    /// <summary>Read and write comments on loan offers.</summary>
    public const string OffersComment = "offers:comment";

    /// <summary>Read loan products.</summary>
    public const string ProductsRead = "products:read";

    /// <summary>Create, change, retire and delete loan products.</summary>
    public const string ProductsWrite = "products:write";

    /// <summary>Create installers in the own organisation.</summary>
    public const string InstallersCreate = "installers:create";

    /// <summary>Read and change the users of the own organisation, and choose who of them may approve which offers.</summary>
    public const string UsersManage = "users:manage";

    /// <summary>Create and change organisations, and the users in them. Only administrators of the platform's own organisation have it.</summary>
    public const string OrganizationsManage = "organizations:manage";
}
