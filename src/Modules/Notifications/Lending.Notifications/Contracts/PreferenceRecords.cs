using Lending.Kernel;
using Lending.Notifications.Data;
using Lending.Notifications.Preferences;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

/// <summary>Which messages a customer does not want.</summary>
internal sealed class PreferenceRecords(NotificationsDbContext db) : ICustomerRecords
{
    public string Name => "notificationPreferences";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var optOuts = await db.OptOuts.AsNoTracking().Where(row => row.CustomerId == customerId).ToListAsync(ct);
        return optOuts.Count == 0 ? null : PreferencesResponse.Of(optOuts).Preferences;
    }
}
