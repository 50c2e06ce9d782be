using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>The pre-contractual information that a customer was given, with what it said, and the reminders of the right to withdraw.</summary>
internal sealed class DisclosureRecords(DisclosuresDbContext db) : ICustomerRecords
{
    public string Name => "disclosures";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var given = await db
            .Disclosures.AsNoTracking()
            .Where(disclosure => disclosure.CustomerId == customerId)
            .OrderBy(disclosure => disclosure.CreatedAt)
            .ToListAsync(ct);
        if (given.Count == 0)
        {
            return null;
        }
        var reminders = await db
            .WithdrawalReminders.Where(reminder => reminder.CustomerId == customerId)
            .OrderBy(reminder => reminder.DueAt)
            .Select(reminder => new
            {
                reminder.OfferId,
                reminder.DueAt,
                reminder.SentAt,
            })
            .ToListAsync(ct);
        return new { Given = given.ConvertAll(DisclosureResponse.WithForm), WithdrawalReminders = reminders };
    }
}
