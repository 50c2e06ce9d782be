using Lending.Kernel;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

/// <summary>What became of messages, since they were sent or given up. Their texts are gone already then.</summary>
internal sealed class OldMessages(NotificationsDbContext db) : IOldRecords
{
    public string Name => "MESSAGES";

    // So that somebody can still be told what was mailed to whom.
    public int MinimumMonths => 1;

    public Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => Before(before).CountAsync(ct);

    public Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct) =>
        Before(before).OrderBy(message => message.CreatedAt).Take(atMost).ExecuteDeleteAsync(ct);

    // The creation has an index, and nothing is finished before it.
    private IQueryable<Notification> Before(DateTimeOffset before) =>
        db.Notifications.Where(message => message.CreatedAt < before && message.FinishedAt < before);
}
