using System.Net;
using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Idempotency;

/// <summary>Requests with an <c>Idempotency-Key</c> that concern several modules, and what lasts when one is refused.</summary>
public sealed class RepeatedRequestTests(HostFixture host)
{
    private readonly World world = new(host);
    private readonly string key = Unique.Text();

    [Fact]
    public async Task A_customer_and_their_account_are_made_once()
    {
        using var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var body = World.NewCustomer();

        var first = await installer.SendAsync("POST", "/customers", body, idempotencyKey: key);
        var second = await installer.SendAsync("POST", "/customers", body, idempotencyKey: key);

        first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
        second.ShouldBe(first with { IsReplayed = true });
        (await installer.SendAsync("POST", "/customers", body)).ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
        var invitation = await installer.SendAsync("POST", $"/customers/{first.Id}/invitation", idempotencyKey: key + "i");
        (await installer.SendAsync("POST", $"/customers/{first.Id}/invitation", idempotencyKey: key + "i")).ShouldBe(
            invitation with
            {
                IsReplayed = true,
            }
        );
        (await world.AcceptInvitationAsync(invitation["token"]!)).Dispose();
    }

    [Fact]
    public async Task What_is_refused_in_the_middle_is_undone_and_the_key_is_free()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organizationId);
        // The account of somebody who is no customer has the e-mail, which is found when the profile is already written.
        var taken = await ReadAsync<string>($"SELECT email FROM identity.users WHERE organization_id = '{organizationId}' LIMIT 1");

        (await installer.SendAsync("POST", "/customers", World.NewCustomer(taken), idempotencyKey: key)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "account-email-taken"
        );

        (await ReadAsync<long>($"SELECT count(*) FROM customers.customers WHERE organization_id = '{organizationId}'")).ShouldBe(0);
        (await ReadAsync<long>($"SELECT count(*) FROM platform.kept_answers WHERE organization_id = '{organizationId}'")).ShouldBe(0);
        (await installer.SendAsync("POST", "/customers", World.NewCustomer(), idempotencyKey: key)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_a_slice_commits_with_a_refusal_lasts_and_what_it_does_not_commit_does_not()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var organizationId = World.DefaultOrganizationId;
        services.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "test"));
        var transactions = services.GetRequiredService<Transactions>();
        var (committed, undone, alone) = (Unique.Text(), Unique.Text(), Unique.Text());
        var db = (ModuleDbContext)services.GetRequiredService(services.GetServices<ModuleDatabase>().Last().ContextType);
        var keys = new IdempotencyKeys(RefuseAsync);
        using var body = new MemoryStream();
        var request = new DefaultHttpContext { RequestServices = services };
        request.Request.Method = "POST";
        request.Request.Headers[IdempotencyKeys.Header] = key;
        request.Response.Body = body;
        request.User = new(CallerIdentity.OfApiKey(Unique.Id(), organizationId, Unique.Id(), "test", organizationId, []));
        request.SetEndpoint(
            services
                .GetRequiredService<EndpointDataSource>()
                .Endpoints.First(endpoint => endpoint.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name == "CreateCustomer")
        );

        await keys.InvokeAsync(request);

        request.Response.StatusCode.ShouldBe(409);
        body.Length.ShouldBeGreaterThan(0);
        transactions.IsOpen.ShouldBeFalse();
        (
            await ReadAsync<string[]>(
                $"SELECT array_agg(entity_type ORDER BY id) FROM audit.entries WHERE action = 'TEST' AND entity_type IN ('{committed}', '{undone}', '{alone}')"
            )
        ).ShouldBe([committed, alone]);

        // As a slice does that works in several transactions, and refuses in the end.
        async Task RefuseAsync(HttpContext context)
        {
            await using (var first = await transactions.BeginAsync(CancellationToken.None))
            {
                await WriteAsync(db, committed);
                await first.CommitAsync(CancellationToken.None);
            }
            await using (await transactions.BeginAsync(CancellationToken.None))
            {
                await WriteAsync(db, undone);
                await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
            }
            await WriteAsync(db, alone);
            await Problem.From(Error.ConcurrentChange).ExecuteAsync(context);
        }
    }

    [Fact]
    public async Task An_API_key_is_answered_again_to_who_made_it_and_repeats_requests_of_its_own()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var administrator = await world.CreateAdministratorAsync(organizationId);
        var body = new
        {
            name = "ERP",
            mode = "live",
            scopes = (string[])["customers:read", "customers:write"],
        };

        var first = await administrator.SendAsync("POST", "/api-keys", body, idempotencyKey: key);
        var second = await administrator.SendAsync("POST", "/api-keys", body, idempotencyKey: key);

        second.ShouldBe(first with { IsReplayed = true });
        using var system = host.NewClient();
        system.DefaultRequestHeaders.Add("X-Api-Key", first["key"]);
        // The key counts as its creator in all else, and has keys of its own here.
        var customer = World.NewCustomer();
        var made = await system.SendAsync("POST", "/customers", customer, idempotencyKey: key);
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        (await system.SendAsync("POST", "/customers", customer, idempotencyKey: key)).ShouldBe(made with { IsReplayed = true });
    }

    [Fact]
    public async Task Who_may_not_any_more_is_not_answered_again()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organizationId);
        var body = World.NewCustomer();
        await installer.SendAsync("POST", "/customers", body, idempotencyKey: key);

        await host.Administrator.PostAsync($"/organizations/{organizationId}/suspension", null, HttpStatusCode.NoContent);

        await RefusedAsync(() => installer.SendAsync("POST", "/customers", body, idempotencyKey: key));
    }

    private static async Task WriteAsync(ModuleDbContext db, string name)
    {
        db.Note("TEST", name, entityId: null);
        await db.SaveChangesAsync();
    }

    // Suspension is known to each instance after a moment.
    private static async Task RefusedAsync(Func<Task<Answer>> call)
    {
        for (var look = 0; look < 600; look++)
        {
            if ((await call()).Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
            {
                return;
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException("It was never refused.");
    }

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
