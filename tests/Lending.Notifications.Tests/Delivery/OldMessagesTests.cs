using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Notifications.Tests.Delivery;

public sealed class OldMessagesTests(NotificationsFixture fixture)
{
    [Fact]
    public async Task Messages_that_were_sent_long_ago_can_be_deleted_and_those_that_wait_cannot()
    {
        var (organization, other) = (Unique.Id(), Unique.Id());
        await AskAsync(organization, "sent@example.org");
        await AskAsync(other, "foreign@example.org");
        await fixture.Host.SendDueAsync();
        await AskAsync(organization, "waiting@example.org");
        foreach (var id in (Guid[])[organization, other])
        {
            await fixture.Host.InModuleAsync(
                id,
                services =>
                    services
                        .GetRequiredService<NotificationsDbContext>()
                        .Notifications.ExecuteUpdateAsync(set =>
                            set.SetProperty(row => row.CreatedAt, row => row.CreatedAt.AddYears(-2))
                                .SetProperty(row => row.FinishedAt, row => row.FinishedAt!.Value.AddYears(-2))
                        )
            );
        }
        await AskAsync(organization, "young@example.org");
        await fixture.Host.SendDueAsync();
        var before = TimeProvider.System.GetUtcNow().AddYears(-1);

        (await InOldMessagesAsync(organization, old => old.CountAsync(before, CancellationToken.None))).ShouldBe(1);
        (await InOldMessagesAsync(organization, old => old.DeleteAsync(before, 10, CancellationToken.None))).ShouldBe(1);

        (await fixture.Host.ListAsync(organization))
            .Select(message => message.GetProperty("recipient").GetString())
            .ShouldBe(["young@example.org", "waiting@example.org"], ignoreOrder: true);
        (await fixture.Host.ListAsync(other)).ShouldHaveSingleItem();
    }

    private Task AskAsync(Guid organization, string recipient) =>
        fixture.Host.AskForAsync(organization, Message.PasswordReset(recipient, "greta", "secret", DateTimeOffset.MaxValue));

    private Task<int> InOldMessagesAsync(Guid organization, Func<IOldRecords, Task<int>> work) =>
        fixture.Host.InModuleAsync(organization, services => work(services.GetServices<IOldRecords>().Single()));
}
