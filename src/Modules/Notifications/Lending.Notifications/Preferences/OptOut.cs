using System.Linq.Expressions;
using Lending.Platform.Persistence;

namespace Lending.Notifications.Preferences;

/// <summary>That somebody does not want messages about something. Without a row, they do.</summary>
internal sealed class OptOut : ITenantOwned
{
    private OptOut() { }

    public OptOut(Person person, NotificationTopic topic, NotificationChannel channel, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (CustomerId, UserId) = (person.CustomerId, person.UserId);
        (Topic, Channel, CreatedAt) = (topic, channel, now);
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid? CustomerId { get; private init; }

    public Guid? UserId { get; private init; }

    public NotificationTopic Topic { get; private init; }

    public NotificationChannel Channel { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Those of one person.</summary>
    public static Expression<Func<OptOut, bool>> Of(Person person) =>
        person.CustomerId is { } customerId ? row => row.CustomerId == customerId : row => row.UserId == person.UserId;
}
