namespace Lending.Notifications.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class NotificationsPermission
{
    /// <summary>Read which messages were sent to which customer, and which failed.</summary>
    public const string NotificationsRead = "notifications:read";

    /// <summary>Read this of the messages to staff, too.</summary>
    public const string NotificationsReadStaff = "notifications:read-staff";

    /// <summary>Read and say which messages one gets oneself.</summary>
    public const string PreferencesOwn = "notifications:preferences";

    /// <summary>Read the messages to oneself, and mark them as read.</summary>
    public const string InboxOwn = "notifications:inbox";

    /// <summary>Let mails go again to addresses from which one came back.</summary>
    public const string SuppressionsLift = "notifications:lift-suppressions";

    /// <summary>Hand in mails that came back, of every organisation: for the platform's own mail server, with an API key.</summary>
    public const string BouncesReport = "notifications:report-bounces";

    /// <summary>Read what a sandbox would have sent, with its links. It works with an API key that acts in one.</summary>
    public const string SandboxMessages = "sandbox:messages";
}
