using Lending.Notifications.Contracts;
using Lending.Platform.Security;

namespace Lending.Notifications.Suppressions;

/// <summary>Who sees which suppressions.</summary>
internal static class SuppressionReads
{
    /// <summary>Those of customers and, with the permission to read messages to staff, all.</summary>
    public static IQueryable<Suppression> VisibleTo(this IQueryable<Suppression> suppressions, Caller caller) =>
        caller.May(NotificationsPermission.NotificationsReadStaff) ? suppressions : suppressions.Where(row => row.CustomerId != null);
}
