using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Lending.Notifications.Suppressions;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Data;

/// <summary>Messages to people and what became of them: schema <c>notifications</c>.</summary>
internal sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "notifications";

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<OptOut> OptOuts => Set<OptOut>();

    public DbSet<Suppression> Suppressions => Set<Suppression>();
}
