namespace Lending.Identity.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class IdentityPermission
{
    /// <summary>Read and change the own account: user name, e-mail, password.</summary>
    public const string OwnAccount = "account:own";

    /// <summary>Create installers in the own organisation.</summary>
    public const string InstallersCreate = "installers:create";

    /// <summary>Read and change the users of the own organisation, and propose and confirm who of them may approve which offers.</summary>
    public const string UsersManage = "users:manage";

    /// <summary>Create, change and revoke the API keys of the own organisation.</summary>
    public const string ApiKeysManage = "api-keys:manage";

    /// <summary>Read and change the settings of the own organisation, and publish its terms and privacy policy.</summary>
    public const string OrganizationSettings = "organization:settings";

    /// <summary>Create, change and suspend organisations, and the users in them. Only administrators of the platform's own organisation have it.</summary>
    public const string OrganizationsManage = "organizations:manage";

    /// <summary>Read and advance the clock of the sandbox. It works with an API key that acts in one.</summary>
    public const string SandboxManage = "sandbox:manage";

    /// <summary>See what became of events, and have them delivered again. Only administrators of the platform's own organisation have it.</summary>
    public const string EventsManage = "events:manage";
}
