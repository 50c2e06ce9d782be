namespace Lending.Notifications.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class NotificationsPermission
{
    /// <summary>Read which messages were sent to whom, and which failed.</summary>
    public const string NotificationsRead = "notifications:read";
}
