using Lending.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Authentication;

public sealed class OldLoginsTests(IdentityFixture host)
{
    [Fact]
    public async Task Expired_sessions_and_unused_devices_of_the_organisation_can_be_deleted()
    {
        var organization = await host.NewOrganizationAsync();
        var gone = await host.NewUserAsync("INSTALLER", organization);
        var here = await host.NewUserAsync("INSTALLER", organization);
        var elsewhere = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        foreach (var user in (Guid[])[gone.Id, elsewhere.Id])
        {
            await host.Host.ExecuteSqlAsync(
                $"""
                UPDATE identity.sessions SET created_at = created_at - interval '2 years', expires_at = expires_at - interval '2 years' WHERE user_id = '{user}';
                UPDATE identity.devices SET last_used_at = last_used_at - interval '2 years' WHERE user_id = '{user}'
                """
            );
        }
        var before = TimeProvider.System.GetUtcNow().AddYears(-1);

        (await InOldLoginsAsync(organization, old => old.CountAsync(before, CancellationToken.None))).ShouldBe(2);
        (await InOldLoginsAsync(organization, old => old.DeleteAsync(before, 1, CancellationToken.None))).ShouldBe(1);
        (await InOldLoginsAsync(organization, old => old.DeleteAsync(before, 10, CancellationToken.None))).ShouldBe(1);

        (await CountAsync(gone.Id)).ShouldBe(0);
        (await CountAsync(here.Id)).ShouldBe(2);
        (await CountAsync(elsewhere.Id)).ShouldBe(2);
    }

    private async Task<long> CountAsync(Guid userId) =>
        (long)
            (
                await host.Host.ReadSqlAsync(
                    $"SELECT (SELECT count(*) FROM identity.sessions WHERE user_id = '{userId}') + (SELECT count(*) FROM identity.devices WHERE user_id = '{userId}')"
                )
            )!;

    private Task<int> InOldLoginsAsync(Guid organization, Func<IOldRecords, Task<int>> work) =>
        host.Host.InModuleAsync(organization, services => work(services.GetServices<IOldRecords>().Single()));
}
