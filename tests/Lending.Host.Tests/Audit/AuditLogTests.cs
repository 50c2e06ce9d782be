using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Audit.Contracts;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Audit;

/// <summary>Who did what to what, when and from where: told by the platform, in every module.</summary>
public sealed class AuditLogTests(HostFixture host)
{
    private static readonly string[] Scopes = ["customers:read"];
    private static readonly object[] Tiers = [new { approver = "installer" }];

    private readonly World world = new(host);

    [Fact]
    public async Task A_change_tells_who_what_before_and_after_and_masks_what_is_personal()
    {
        var (organizationId, administrator, installer) = await OfficeAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var email = Unique.Email();

        await installer.ExpectAsync(
            "PATCH",
            $"/customers/{customerId}",
            new
            {
                country = "AT",
                city = "Linz",
                postalCode = "4020",
                email,
            },
            HttpStatusCode.OK
        );

        var created = await SingleAsync(administrator, $"action=CREATE&entityType=Customer&entityId={customerId}");
        created["operation"].ShouldBe("createCustomer");
        var updated = await SingleAsync(administrator, $"action=UPDATE&entityType=Customer&entityId={customerId}");
        updated["operation"].ShouldBe("patchCustomer");
        updated["customerId"].ShouldBe($"{customerId}");
        updated["userId"].ShouldBe((await installer.GetAsync("/users/me", HttpStatusCode.OK)).Id.ToString());
        updated["sessionId"].ShouldNotBeNullOrEmpty();
        updated["address"].ShouldBe("127.0.0.1");
        updated["requestId"].ShouldNotBeNullOrEmpty();
        DateTimeOffset
            .Parse(updated["at"]!, CultureInfo.InvariantCulture)
            .ShouldBeInRange(TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        updated["changes.email"].ShouldBe("""["***","***"]""");
        updated["changes.city"].ShouldBe("""["***","***"]""");
        updated.Keys.ShouldNotContain("changes.last_name", "it did not change");
        updated.Text.ShouldNotContain(email);
        updated.Text.ShouldNotContain("Linz");
    }

    [Fact]
    public async Task What_is_not_personal_is_told_as_it_was_and_is()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var offerId = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));

        await installer.ExpectAsync("PATCH", $"/loan-offers/{offerId}", new { termMonths = 60 }, HttpStatusCode.OK);
        var offer = await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);
        await installer.PostAsync($"/loan-offers/{offerId}/approve", World.Decision(offer), HttpStatusCode.OK);

        (await SingleAsync(administrator, $"entityType=LoanOffer&entityId={offerId}&action=CREATE"))["changes.customer_email"]
            .ShouldBe("""[null,"***"]""");
        var updates = await EntriesAsync(administrator, $"entityType=LoanOffer&entityId={offerId}&action=UPDATE");
        updates.Select(entry => entry["operation"]).ShouldBe(["approveOffer", "patchOffer"]);
        updates[0]["changes.status"].ShouldBe("""["PENDING","APPROVED"]""");
        updates[1]["changes.term_months"].ShouldBe("[120,60]");
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_leaves_no_entry()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var before = (await EntriesAsync(administrator, "action=CREATE")).Count;
        var email = Unique.Email();
        await installer.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);

        (await installer.SendAsync("POST", "/customers", World.NewCustomer(email))).Status.ShouldBe(HttpStatusCode.Conflict);

        // The customer and the account.
        (await EntriesAsync(administrator, "action=CREATE")).Count.ShouldBe(before + 2);
    }

    [Fact]
    public async Task Roles_settings_tiers_keys_and_products_are_told()
    {
        var (organizationId, administrator, installer) = await OfficeAsync();
        var installerId = (await installer.GetAsync("/users/me", HttpStatusCode.OK)).Id;

        await administrator.ExpectAsync("PATCH", $"/users/{installerId}", new { role = "UNDERWRITER" }, HttpStatusCode.OK);
        await administrator.ExpectAsync("PATCH", $"/organizations/{organizationId}", new { displayName = "Sonne" }, HttpStatusCode.OK);
        await administrator.ExpectAsync(
            "PUT",
            $"/organizations/{organizationId}/approval-tiers",
            new { tiers = Tiers },
            HttpStatusCode.Accepted
        );
        var key = await administrator.PostAsync("/api-keys", new { name = "ERP", scopes = Scopes }, HttpStatusCode.Created);
        await administrator.ExpectAsync("DELETE", $"/api-keys/{key.Id}", null, HttpStatusCode.NoContent);
        var group = await administrator.PostAsync(
            "/permission-groups",
            new { name = Unique.Text(), permissions = Scopes },
            HttpStatusCode.Created
        );
        await administrator.ExpectAsync("DELETE", $"/permission-groups/{group.Id}", null, HttpStatusCode.NoContent);

        (await EntriesAsync(administrator, $"action=UPDATE&entityId={installerId}"))[0]
            ["changes.role"]
            .ShouldBe("""["INSTALLER","UNDERWRITER"]""");
        (await SingleAsync(administrator, "action=UPDATE&entityType=Organization"))["changes.display_name"]!.ShouldEndWith(",\"Sonne\"]");
        await SingleAsync(administrator, "action=CREATE&entityType=ApprovalTiersChange");
        var made = await SingleAsync(administrator, "action=CREATE&entityType=ApiKey");
        made.Text.ShouldNotContain(key["key"]!);
        made["changes.secret_hash"].ShouldBeOneOf("""[null,"***"]""", null);
        await SingleAsync(administrator, "action=UPDATE&entityType=ApiKey");
        await SingleAsync(administrator, "action=DELETE&entityType=PermissionGroup");
    }

    [Fact]
    public async Task An_API_key_is_named()
    {
        var (_, administrator, _) = await OfficeAsync();
        var client = await world.CreateKeyAsync(administrator, ["customers:read", "customers:write"]);
        var id = await World.CreateCustomerAsync(client);

        var entry = await SingleAsync(administrator, $"action=CREATE&entityId={id}");
        (await SingleAsync(administrator, $"action=CREATE&entityId={id}&apiKeyId={entry["apiKeyId"]}")).Text.ShouldBe(entry.Text);
        entry["sessionId"].ShouldBeNull();
    }

    [Fact]
    public async Task Logins_failures_lockouts_logouts_and_stolen_refresh_tokens_are_told_to_the_accounts_organisation()
    {
        var (organizationId, administrator, _) = await OfficeAsync();
        var username = Unique.Username();
        var invited = await administrator.PostAsync("/users/installers", new { username, email = Unique.Email() }, HttpStatusCode.Created);
        await host.Anonymous.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token = invited["token"],
                password = World.Password,
                passwordConfirm = World.Password,
            },
            HttpStatusCode.OK
        );
        var login = await LogInAsync(username);
        await host.Anonymous.PostAsync("/auth/token/refresh", new { refreshToken = login["refreshToken"] }, HttpStatusCode.OK);
        (await host.Anonymous.SendAsync("POST", "/auth/token/refresh", new { refreshToken = login["refreshToken"] })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        var second = await LogInAsync(username);
        await host.Anonymous.PostAsync("/auth/logout", new { refreshToken = second["refreshToken"] }, HttpStatusCode.NoContent);
        for (var number = 0; number < 5; number++)
        {
            await host.Anonymous.SendAsync("POST", "/auth/login", new { username, password = "wrong" });
        }

        var userId = login.Json.GetProperty("user").GetProperty("id").GetGuid();
        (await EntriesAsync(administrator, $"action=LOGIN&userId={userId}")).Count.ShouldBe(3, "the invitation is one");
        (await SingleAsync(administrator, "action=REFRESH_REUSE"))["userId"].ShouldBeNull("it may have been the thief");
        await SingleAsync(administrator, $"action=LOGOUT&userId={userId}");
        (await EntriesAsync(administrator, $"action=FAILURE&entityId={userId}")).Count.ShouldBe(4);
        (await SingleAsync(administrator, $"action=LOCKOUT&entityId={userId}"))["userId"].ShouldBeNull();
    }

    [Fact]
    public async Task A_credential_that_comes_along_says_nothing_of_who_logs_in()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var (_, foreignAdministrator, _) = await OfficeAsync();
        var user = await installer.GetAsync("/users/me", HttpStatusCode.OK);
        HttpClient[] foreign = [foreignAdministrator, await world.CreateKeyAsync(foreignAdministrator, ["customers:read"])];

        foreach (var client in foreign)
        {
            (await client.SendAsync("POST", "/auth/login", new { username = user["username"], password = "wrong" })).Status.ShouldBe(
                HttpStatusCode.Unauthorized
            );
            var login = await client.PostAsync(
                "/auth/login",
                new { username = user["username"], password = World.Password },
                HttpStatusCode.OK
            );
            await client.PostAsync("/auth/logout", new { refreshToken = login["refreshToken"] }, HttpStatusCode.NoContent);
        }

        var failures = await EntriesAsync(administrator, $"action=FAILURE&entityId={user.Id}");
        failures.Select(entry => entry["userId"]).ShouldBe([null, null]);
        var logins = await EntriesAsync(administrator, $"action=LOGIN&userId={user.Id}");
        logins.Count.ShouldBe(3, "the invitation is one");
        var logouts = await EntriesAsync(administrator, $"action=LOGOUT&userId={user.Id}");
        logouts.Count.ShouldBe(2);
        failures.Concat(logins).Concat(logouts).ShouldAllBe(entry => entry["sessionId"] == null && entry["apiKeyId"] == null);
        (await EntriesAsync(foreignAdministrator, "action=FAILURE")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_email_somebody_types_has_not_asked_for_a_new_password()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var email = (await installer.GetAsync("/users/me", HttpStatusCode.OK))["email"];

        await host.Anonymous.PostAsync("/auth/password-reset", new { email }, HttpStatusCode.Accepted);

        (await EntriesAsync(administrator, "action=CREATE&entityType=AccountToken"))
            .Single(entry => entry["operation"] == "requestPasswordReset")["userId"]
            .ShouldBeNull();
    }

    [Fact]
    public async Task A_failed_login_of_nobody_belongs_to_no_organisation()
    {
        await host.Anonymous.SendAsync("POST", "/auth/login", new { username = Unique.Username(), password = "wrong" });

        await using var dataSource = Npgsql.NpgsqlDataSource.Create(host.ConnectionString);
        await using var count = dataSource.CreateCommand(
            "SELECT count(*) FROM audit.entries WHERE action = 'FAILURE' AND entity_id IS NULL AND user_id IS NULL AND organization_id = '00000000-0000-0000-0000-000000000000'"
        );
        ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Reading_somebody_elses_data_is_told_a_second_later_and_reading_ones_own_is_not()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);
        var customer = await world.ActivateCustomerAsync(installer, customerId);

        await customer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);
        await customer.GetAsync("/loan-offers", HttpStatusCode.OK);
        await installer.GetAsync("/users/me", HttpStatusCode.OK);
        await installer.GetAsync("/loan-products", HttpStatusCode.OK);
        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);
        await installer.GetAsync("/customers", HttpStatusCode.OK);
        await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);
        await installer.GetAsync($"/loan-offers/{offerId}/document", HttpStatusCode.OK);
        (await installer.SendAsync("GET", $"/customers/{Unique.Id()}")).Status.ShouldBe(HttpStatusCode.NotFound);

        var installerId = (await installer.GetAsync("/users/me", HttpStatusCode.OK)).Id;
        var reads = await ReadsAsync(administrator, $"userId={installerId}", 4);

        reads.Select(entry => entry["operation"]).ShouldBe(["getDocument", "getOffer", "listCustomers", "getCustomer"], ignoreOrder: true);
        reads.Single(entry => entry["operation"] == "getCustomer")["customerId"].ShouldBe($"{customerId}");
        reads.Single(entry => entry["operation"] == "getOffer")["customerId"].ShouldBe($"{customerId}");
        reads.Single(entry => entry["operation"] == "getDocument")["entityId"].ShouldBe($"{offerId}");
        reads.Single(entry => entry["operation"] == "listCustomers")["shownIds"].ShouldBe($"""["{customerId}"]""");
        (await EntriesAsync(administrator, $"action=READ&customerId={customerId}"))
            .Select(entry => entry["operation"])
            .ShouldBe(["getOffer", "listCustomers", "getCustomer"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_change_of_nothing_is_told_as_reading_what_it_answers()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);
        var installerId = (await installer.GetAsync("/users/me", HttpStatusCode.OK)).Id;

        await installer.ExpectAsync("PATCH", $"/customers/{customerId}", new { firstName = "Jörg" }, HttpStatusCode.OK);
        await installer.ExpectAsync("PATCH", $"/customers/{customerId}", new { }, HttpStatusCode.OK);
        await installer.ExpectAsync("PATCH", $"/loan-offers/{offerId}", new { }, HttpStatusCode.OK);
        await administrator.ExpectAsync("PATCH", $"/users/{installerId}", new { }, HttpStatusCode.OK);
        await administrator.PostAsync($"/customers/{customerId}/installer", new { installerId }, HttpStatusCode.OK);

        var reads = await ReadsAsync(administrator, $"userId={installerId}", 2);
        reads.Select(entry => entry["operation"]).ShouldBe(["patchOffer", "patchCustomer"], ignoreOrder: true);
        reads.ShouldAllBe(entry => entry["customerId"] == $"{customerId}");
        await administrator.GetAsync($"/customers/{customerId}/consents", HttpStatusCode.OK);
        (await ReadsAsync(administrator, $"entityId={installerId}", 1)).ShouldHaveSingleItem()["operation"].ShouldBe("patchUser");
        (await ReadsAsync(administrator, $"customerId={customerId}&entityType=Customer", 3))
            .Select(entry => entry["operation"])
            .ShouldBe(["listConsents", "moveCustomer", "patchCustomer"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_platforms_administrators_are_told_to_those_whose_users_they_read()
    {
        var (organizationId, administrator, installer) = await OfficeAsync();
        var installerId = (await installer.GetAsync("/users/me", HttpStatusCode.OK)).Id;
        var platformsId = (await host.Administrator.GetAsync("/users/me", HttpStatusCode.OK)).Id;

        await host.Administrator.GetAsync($"/users/{installerId}", HttpStatusCode.OK);
        await host.Administrator.GetAsync($"/users?organizationId={organizationId}", HttpStatusCode.OK);

        (await ReadsAsync(administrator, $"userId={platformsId}", 2))
            .Select(entry => entry["operation"])
            .ShouldBe(["getUser", "listUsers"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_consent_is_withdrawn_once_and_a_link_is_named_by_its_own_id()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var consents = $"/customers/{customerId}/consents";
        var consent = await installer.PostAsync(consents, new { purpose = "sms", textVersion = "1" }, HttpStatusCode.Created);
        await installer.PostAsync($"{consents}/{consent.Id}/withdraw", new { }, HttpStatusCode.OK);
        await installer.PostAsync($"{consents}/{consent.Id}/withdraw", new { }, HttpStatusCode.OK);
        var path = $"/loan-offers/{await World.CreateOfferAsync(installer, customerId)}";
        await installer.PostAsync($"{path}/approve", World.Decision(await installer.GetAsync(path, HttpStatusCode.OK)), HttpStatusCode.OK);
        await installer.PostAsync($"{path}/link", null, HttpStatusCode.Accepted);
        await installer.ExpectAsync("DELETE", $"{path}/link", null, HttpStatusCode.NoContent);

        await SingleAsync(administrator, $"action=UPDATE&entityId={consent.Id}");
        var made = await SingleAsync(administrator, "action=CREATE&entityType=OfferLink");
        var revoked = (await EntriesAsync(administrator, "entityType=OfferLink")).Single(entry => entry["operation"] == "revokeLink");
        revoked["entityId"].ShouldBe(made["entityId"]);
    }

    [Fact]
    public async Task What_a_client_took_before_it_hung_up_is_told()
    {
        var own = new HostFixture { AddServices = services => services.AddSingleton<IStartupFilter, HangsUpAfterTheFirstBytes>() };
        await using var disposed = own;
        await own.InitializeAsync();
        var installer = await new World(own).CreateInstallerAsync(World.DefaultOrganizationId);
        var offerId = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));

        await Should.ThrowAsync<HttpRequestException>(() => installer.SendAsync("GET", $"/loan-offers/{offerId}/document"));

        (await ReadsAsync(own.Administrator, $"entityId={offerId}", 1)).ShouldHaveSingleItem()["operation"].ShouldBe("getDocument");
    }

    [Fact]
    public async Task Reads_that_wait_are_written_when_the_host_stops()
    {
        var own = new HostFixture();
        await using var disposed = own;
        await own.InitializeAsync();
        var installer = await new World(own).CreateInstallerAsync(World.DefaultOrganizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);

        await own.App.StopAsync(TestContext.Current.CancellationToken);

        await using var dataSource = Npgsql.NpgsqlDataSource.Create(own.ConnectionString);
        await using var count = dataSource.CreateCommand(
            $"SELECT count(*) FROM audit.entries WHERE action = 'READ' AND customer_id = '{customerId}'"
        );
        ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_and_an_erasure_are_told()
    {
        var (_, administrator, installer) = await OfficeAsync();
        var customerId = await World.CreateCustomerAsync(installer);

        await administrator.GetAsync($"/customers/{customerId}/export", HttpStatusCode.OK);
        await administrator.PostAsync($"/customers/{customerId}/erase", null, HttpStatusCode.OK);

        await SingleAsync(administrator, $"action=EXPORT&customerId={customerId}");
        await SingleAsync(administrator, $"action=ERASE&customerId={customerId}");
    }

    [Fact]
    public async Task The_verb_says_whether_the_log_is_as_it_was()
    {
        var own = new HostFixture { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Audit:SealSeconds"] = "1" } };
        await using var disposed = own;
        await own.InitializeAsync();
        var verification = own.App.Services.GetRequiredService<IAuditVerification>();
        while ((await verification.VerifyAsync(known: null, TestContext.Current.CancellationToken)).Seals == 0)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        (string, string)[] settings = [.. LendingProcess.Production(own.ConnectionString), ("Jwt__SigningKeys__first", own.SigningKey)];

        await using (var right = LendingProcess.Start(["audit", "verify"], settings))
        {
            (await right.WaitForAsync("The last seal is")).ShouldContain(" 0 findings.");
        }
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(own.ConnectionString);
        await using (
            var spoil = dataSource.CreateCommand(
                "UPDATE audit.entries SET action = 'READ' WHERE id = (SELECT entry_ids[1] FROM audit.seals WHERE number = 1)"
            )
        )
        {
            await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await using var wrong = LendingProcess.Start(["audit", "verify"], settings);
        (await wrong.WaitForAsync("The last seal is")).ShouldContain(" 1 findings.");
        wrong.Output.ShouldContain(" of seal 1 was changed.");
    }

    private async Task<(Guid Id, HttpClient Administrator, HttpClient Installer)> OfficeAsync()
    {
        var organizationId = await world.CreateOrganizationAsync();
        return (organizationId, await world.CreateAdministratorAsync(organizationId), await world.CreateInstallerAsync(organizationId));
    }

    private Task<Answer> LogInAsync(string username) =>
        host.Anonymous.PostAsync("/auth/login", new { username, password = World.Password }, HttpStatusCode.OK);

    private static async Task<Entry> SingleAsync(HttpClient administrator, string filter) =>
        (await EntriesAsync(administrator, filter)).ShouldHaveSingleItem();

    private static async Task<List<Entry>> EntriesAsync(HttpClient administrator, string filter)
    {
        var page = await administrator.GetAsync($"/audit?limit=200&{filter}", HttpStatusCode.OK);
        return [.. page.Json.GetProperty("items").EnumerateArray().Select(item => new Entry(item))];
    }

    // They are written a moment after the answer.
    private static async Task<List<Entry>> ReadsAsync(HttpClient administrator, string filter, int expected)
    {
        var asked = TimeProvider.System.GetUtcNow();
        List<Entry> reads;
        do
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            reads = await EntriesAsync(administrator, $"action=READ&{filter}");
        } while (reads.Count < expected && TimeProvider.System.GetUtcNow() < asked.AddSeconds(20));
        return reads;
    }

    /// <summary>A client who hangs up as soon as the document begins to arrive.</summary>
    private sealed class HangsUpAfterTheFirstBytes : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, rest) =>
                    {
                        if (context.Request.Path.Value!.EndsWith("/document", StringComparison.Ordinal))
                        {
                            context.Response.Body = new Broken(context);
                        }
                        return rest(context);
                    }
                );
                next(app);
            };

        private sealed class Broken(HttpContext context) : MemoryStream
        {
            private readonly Stream client = context.Response.Body;

            public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            {
                await client.WriteAsync(buffer[..100], cancellationToken);
                await client.FlushAsync(cancellationToken);
                context.Abort();
                // As the server's own stream does, a moment later.
                throw new OperationCanceledException(context.RequestAborted);
            }
        }
    }

    /// <summary>An entry, whose members and changed columns are read by name.</summary>
    private sealed class Entry(JsonElement json)
    {
        private readonly Dictionary<string, string?> members = MembersOf(json);

        public string Text { get; } = json.GetRawText();

        public IEnumerable<string> Keys => members.Keys;

        public string? this[string name] => members.GetValueOrDefault(name);

        private static Dictionary<string, string?> MembersOf(JsonElement json)
        {
            var found = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
            {
                if (member is { Name: "changes", Value.ValueKind: JsonValueKind.Object })
                {
                    foreach (var column in member.Value.EnumerateObject())
                    {
                        found[$"changes.{column.Name}"] = column.Value.GetRawText();
                    }
                }
                else
                {
                    found[member.Name] = member.Value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.String => member.Value.GetString(),
                        _ => member.Value.GetRawText(),
                    };
                }
            }
            return found;
        }
    }
}
