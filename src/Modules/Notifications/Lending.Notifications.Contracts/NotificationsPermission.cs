namespace Lending.Notifications.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class NotificationsPermission
{
    /// <summary>Read which messages were sent to which customer, and which failed.</summary>
    public const string NotificationsRead = "notifications:read";

    /// <summary>Read this of the messages to staff, too.</summary>
    public const string NotificationsReadStaff = "notifications:read-staff";
}
