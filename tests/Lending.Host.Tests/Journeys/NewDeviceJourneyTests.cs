using System.Net;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Journeys;

public sealed class NewDeviceJourneyTests(HostFixture host)
{
    [Fact]
    public async Task A_login_on_a_new_device_queues_one_mail_in_the_name_of_the_users_organisation()
    {
        var body = new
        {
            username = Unique.Username(),
            email = Unique.Email(),
            password = World.Password,
            passwordConfirm = World.Password,
        };
        await host.Anonymous.PostAsync("/auth/register", body, HttpStatusCode.Created);
        for (var i = 0; i < 2; i++)
        {
            await host.LogInAsync(body.username, body.password);
        }
        await using var dataSource = NpgsqlDataSource.Create(host.ConnectionString);
        await using var count = dataSource.CreateCommand(
            "SELECT count(*) FROM notifications.notifications WHERE recipient = $1 AND organization_id = $2"
        );
        count.Parameters.AddWithValue(body.email);
        count.Parameters.AddWithValue(World.DefaultOrganizationId);
        (await count.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1L);
    }
}
