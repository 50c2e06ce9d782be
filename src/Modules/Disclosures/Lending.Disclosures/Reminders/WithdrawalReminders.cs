using Lending.Customers.Contracts;
using Lending.Disclosures.Data;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Disclosures.Reminders;

/// <summary>Sends reminders that are due, each once. Looks each minute; several instances share the work.</summary>
internal sealed class WithdrawalReminders(
    IServiceScopeFactory scopes,
    SandboxClocks clocks,
    TimeProvider clock,
    ILogger<WithdrawalReminders> logger
) : OrganizationJob(clocks, clock, logger)
{
    private const int RemindersPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override string Failure => "Reminders of the right to withdraw could not be sent";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        while (await SendSomeAsync(organizationId, ct) == RemindersPerTransaction) { }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetStorableNow();
        return await scope
            .ServiceProvider.GetRequiredService<DisclosuresDbContext>()
            .Database.SqlQuery<Guid>(
                $"SELECT DISTINCT organization_id FROM disclosures.withdrawal_reminders WHERE sent_at IS NULL AND due_at <= {now}"
            )
            .OverEveryOrganization()
            .ToListAsync(ct);
    }

    /// <summary>Locks some that are due, passing over those that another instance has locked, and sends them; answers how many.</summary>
    private async Task<int> SendSomeAsync(Guid organizationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = services.GetRequiredService<DisclosuresDbContext>();
        var sql = services.GetRequiredService<OrganizationSql>();
        var customers = services.GetRequiredService<ICustomerDirectory>();
        var links = services.GetRequiredService<IWithdrawalLinks>();
        var notifications = services.GetRequiredService<INotifications>();
        var now = NowIn(organizationId);
        await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString statement = $"""
            SELECT offer_id FROM disclosures.withdrawal_reminders WHERE {sql.OfOrganization} AND sent_at IS NULL AND due_at <= {now}
            ORDER BY due_at LIMIT {RemindersPerTransaction} FOR UPDATE SKIP LOCKED
            """;
        var ids = await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
        foreach (var reminder in await db.WithdrawalReminders.Where(reminder => ids.Contains(reminder.OfferId)).ToListAsync(ct))
        {
            reminder.Send(now);
            // Too late, where the job did not run for long.
            if (
                await customers.HoldAsync(reminder.CustomerId, ct) is { } customer
                && await links.CreateAsync(reminder.OfferId, customer.Email, ct) is { } token
            )
            {
                await notifications.SendAsync(
                    Message.WithdrawalReminder(
                        customer.Email,
                        customer.Id,
                        customer.FullName,
                        reminder.OfferId,
                        token,
                        reminder.WithdrawalEndsAt
                    ),
                    ct
                );
            }
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }
}
