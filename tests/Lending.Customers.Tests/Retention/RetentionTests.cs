using System.Net;
using System.Text.Json;
using Lending.Customers.Retention;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Tests.Retention;

public sealed class RetentionTests(CustomersFixture host)
{
    private const string Customers = "CUSTOMERS_WITHOUT_OFFERS";

    [Fact]
    public async Task Nothing_is_deleted_unless_somebody_says_so()
    {
        var (organizationId, installer, administrator) = NewOrganization();
        var old = await OldCustomerAsync(organizationId, installer);

        await host.Retention.RunAsync(CancellationToken.None);

        await installer.GetAsync($"/customers/{old}", HttpStatusCode.OK);
        (await ReportsAsync(administrator)).ShouldBeEmpty();
        var rules = (await administrator.GetAsync("/retention/rules", HttpStatusCode.OK))
            .Json.GetProperty("rules")
            .EnumerateArray()
            .ToList();
        rules.Select(rule => rule.GetProperty("records").GetString()).ShouldBe(["CONSENTS", Customers, "ERASURES"]);
        rules.ShouldAllBe(rule => rule.GetProperty("months").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task In_a_sandbox_customers_grow_old_by_the_sandboxs_clock()
    {
        var (sandbox, installer, administrator) = NewOrganization();
        var (other, otherInstaller, otherAdministrator) = NewOrganization();
        var (tried, real) = ((await installer.CreateCustomerAsync()).Id, (await otherInstaller.CreateCustomerAsync()).Id);
        await PutAsync(administrator, Customers, 12);
        await PutAsync(otherAdministrator, Customers, 12);

        await host.AdvanceSandboxAsync(sandbox, TimeSpan.FromDays(400));
        await host.Retention.RunAsync(sandbox, CancellationToken.None);
        await host.Retention.RunAsync(other, CancellationToken.None);

        (await installer.SendAsync("GET", $"/customers/{tried}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        await otherInstaller.GetAsync($"/customers/{real}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Old_customers_without_offers_go_with_their_accounts_and_the_report_counts_them()
    {
        var (organizationId, installer, administrator) = NewOrganization();
        var (old, bound, young) = (
            await OldCustomerAsync(organizationId, installer),
            await OldCustomerAsync(organizationId, installer),
            (await installer.CreateCustomerAsync()).Id
        );
        host.Guard.AddOffer(bound);
        var (neighbourId, neighbour, otherAdministrator) = NewOrganization();
        var foreign = await OldCustomerAsync(neighbourId, neighbour);

        (await PreviewAsync(administrator, Customers, 12)).ShouldBe(1);
        await PutAsync(administrator, Customers, 12);
        await host.Retention.RunAsync(organizationId, Customers, CancellationToken.None);

        (await installer.SendAsync("GET", $"/customers/{old}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.Accounts.FindAsync(old)).ShouldBeNull();
        await installer.GetAsync($"/customers/{bound}", HttpStatusCode.OK);
        await installer.GetAsync($"/customers/{young}", HttpStatusCode.OK);
        await neighbour.GetAsync($"/customers/{foreign}", HttpStatusCode.OK);
        var report = (await ReportsAsync(administrator)).ShouldHaveSingleItem();
        report.GetProperty("records").GetString().ShouldBe(Customers);
        report.GetProperty("months").GetInt32().ShouldBe(12);
        report.GetProperty("deleted").GetInt32().ShouldBe(1);
        report.GetProperty("finishedAt").GetString().ShouldNotBeNull();
        (await PreviewAsync(administrator, Customers, 12)).ShouldBe(0);
        (await ReportsAsync(otherAdministrator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_runs_once_a_day_and_instances_do_not_get_in_each_others_way()
    {
        var (organizationId, installer, administrator) = NewOrganization();
        // More than one batch.
        const int count = 130;
        for (var number = 0; number < count; number++)
        {
            await OldCustomerAsync(organizationId, installer);
        }
        await PutAsync(administrator, Customers, 12);

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => host.AnotherRetention().RunAsync(organizationId, Customers, CancellationToken.None)))
        );
        // What one instance has locked, another leaves to it.
        await host.Retention.RunAsync(organizationId, Customers, CancellationToken.None);

        (await installer.CountAsync()).ShouldBe(0);
        (await ReportsAsync(administrator)).ShouldHaveSingleItem().GetProperty("deleted").GetInt32().ShouldBe(count);

        var late = await OldCustomerAsync(organizationId, installer);
        await host.Retention.RunAsync(organizationId, Customers, CancellationToken.None);
        await installer.GetAsync($"/customers/{late}", HttpStatusCode.OK);
        await YesterdayAsync(organizationId);
        await host.Retention.RunAsync(CancellationToken.None);
        (await installer.SendAsync("GET", $"/customers/{late}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await ReportsAsync(administrator)).Select(report => report.GetProperty("deleted").GetInt32()).ShouldBe([1, count]);
    }

    [Fact]
    public async Task What_the_law_keeps_cannot_be_shortened_and_what_nobody_knows_not_named()
    {
        var (_, _, administrator) = NewOrganization();

        Refused(await administrator.SendAsync("PUT", "/retention/rules", Rules((Customers, 5))), "rules[0].months", "too-soon");
        Refused(await administrator.SendAsync("PUT", "/retention/rules", Rules(("CONSENTS", 59))), "rules[0].months", "too-soon");
        Refused(await administrator.SendAsync("PUT", "/retention/rules", Rules(("ERASURES", 35))), "rules[0].months", "too-soon");
        Refused(await administrator.SendAsync("POST", "/retention/preview", Rules(("LOANS", 999))), "rules[0].records", "unknown-records");
        Refused(
            await administrator.SendAsync("PUT", "/retention/rules", Rules((Customers, 12), (Customers, 24))),
            "rules",
            "duplicate-rule"
        );
        (await administrator.SendAsync("PUT", "/retention/rules", Rules((Customers, 1201)))).WrongFields.ShouldBe(["rules[0].months"]);
        (await administrator.SendAsync("PUT", "/retention/rules", "{\"rules\":[null]}")).WrongFields.ShouldBe(["rules[0]"]);
        await administrator.ShouldBeRefusedAsync("PUT", "/retention/rules");
        await administrator.ShouldBeRefusedAsync("POST", "/retention/preview");
        (await administrator.GetAsync("/retention/rules", HttpStatusCode.OK)).Text.ShouldNotContain("12");

        static void Refused(Answer answer, string field, string code)
        {
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
            answer.Text.ShouldContain($"\"{code}\"");
        }
    }

    [Fact]
    public async Task Rules_are_replaced_as_a_whole_and_of_two_who_set_them_at_once_one_set_stays()
    {
        var (_, _, administrator) = NewOrganization();
        await administrator.ExpectAsync("PUT", "/retention/rules", Rules((Customers, 12), ("ERASURES", 40)), HttpStatusCode.OK);

        var set = await administrator.ExpectAsync("PUT", "/retention/rules", Rules((Customers, 24)), HttpStatusCode.OK);

        Months(set).ShouldBe([null, 24, null]);
        Months(await administrator.GetAsync("/retention/rules", HttpStatusCode.OK)).ShouldBe([null, 24, null]);

        var answers = await Task.WhenAll(
            Enumerable.Range(30, 6).Select(months => administrator.SendAsync("PUT", "/retention/rules", Rules((Customers, months))))
        );
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Code == "concurrent-change");
        Months(await administrator.GetAsync("/retention/rules", HttpStatusCode.OK))[1]!.Value.ShouldBeInRange(30, 35);

        static int?[] Months(Answer answer) =>
            [
                .. answer
                    .Json.GetProperty("rules")
                    .EnumerateArray()
                    .Select(rule => rule.GetProperty("months"))
                    .Select(months => months.ValueKind == JsonValueKind.Null ? (int?)null : months.GetInt32()),
            ];
    }

    [Fact]
    public async Task That_somebody_was_erased_is_kept_as_long_as_anything_of_them_is()
    {
        var (organizationId, installer, administrator) = NewOrganization();
        var (plain, keeps) = ((await installer.CreateCustomerAsync()).Id, (await installer.CreateCustomerAsync()).Id);
        await installer.PostAsync(
            $"/customers/{keeps}/consents",
            new { purpose = "newsletter", textVersion = "1" },
            HttpStatusCode.Created
        );
        foreach (var id in (Guid[])[plain, keeps])
        {
            await administrator.PostAsync($"/customers/{id}/erase", null, HttpStatusCode.OK);
        }
        await host.InDatabaseAsync(
            organizationId,
            db => db.Erasures.ExecuteUpdateAsync(set => set.SetProperty(row => row.ErasedAt, row => row.ErasedAt.AddMonths(-37)))
        );
        await PutAsync(administrator, "ERASURES", 36);

        await host.Retention.RunAsync(organizationId, "ERASURES", CancellationToken.None);

        await administrator.GetAsync($"/customers/{keeps}/erasure", HttpStatusCode.OK);
        (await administrator.SendAsync("GET", $"/customers/{plain}/erasure")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("2026-11-28T22:30:00Z", 12, false, "2025-11-27T23:00:00Z")]
    [InlineData("2026-11-28T23:30:00Z", 12, false, "2025-11-28T23:00:00Z")]
    [InlineData("2026-03-31T12:00:00Z", 1, false, "2026-02-27T23:00:00Z")]
    // What was written on 31 December 2026 has to be kept until the end of 2032, by the clocks in Berlin.
    [InlineData("2032-12-31T22:59:59Z", 72, true, "2025-12-31T23:00:00Z")]
    [InlineData("2032-12-31T23:00:00Z", 72, true, "2026-12-31T23:00:00Z")]
    public void Months_are_counted_in_days_of_the_organisation_and_from_the_years_end_where_the_law_does(
        string now,
        int months,
        bool fromYearsEnd,
        string before
    )
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;

        RetentionRule
            .CutoffOf(new Letters(fromYearsEnd), months, DateTimeOffset.Parse(now, culture), "Europe/Berlin")
            .ShouldBe(DateTimeOffset.Parse(before, culture));
    }

    private sealed record Letters(bool CountsFromYearsEnd) : IOldRecords
    {
        public string Name => "LETTERS";

        public int MinimumMonths => 1;

        public Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => throw new NotSupportedException();

        public Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct) => throw new NotSupportedException();
    }

    private (Guid Id, HttpClient Installer, HttpClient Administrator) NewOrganization()
    {
        var id = Unique.Id();
        return (id, host.Installer(id), host.ClientFor(Persons.Administrator(id)));
    }

    private async Task<Guid> OldCustomerAsync(Guid organizationId, HttpClient installer)
    {
        var id = (await installer.CreateCustomerAsync()).Id;
        await host.InDatabaseAsync(
            organizationId,
            db =>
                db.Customers.Where(customer => customer.Id == id)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(customer => customer.CreatedAt, customer => customer.CreatedAt.AddMonths(-13))
                            .SetProperty(customer => customer.UpdatedAt, customer => customer.UpdatedAt.AddMonths(-13))
                    )
        );
        return id;
    }

    /// <summary>As if the reports were of the day before.</summary>
    private Task<int> YesterdayAsync(Guid organizationId) =>
        host.InDatabaseAsync(
            organizationId,
            db => db.RetentionReports.ExecuteUpdateAsync(set => set.SetProperty(report => report.Day, report => report.Day.AddDays(-1)))
        );

    private static object Rules(params (string Records, int Months)[] rules) =>
        new { rules = rules.Select(rule => new { records = rule.Records, months = rule.Months }).ToArray() };

    private static Task<Answer> PutAsync(HttpClient administrator, string records, int months) =>
        administrator.ExpectAsync("PUT", "/retention/rules", Rules((records, months)), HttpStatusCode.OK);

    private static async Task<int> PreviewAsync(HttpClient administrator, string records, int months) =>
        (await administrator.PostAsync("/retention/preview", Rules((records, months)), HttpStatusCode.OK))
            .Json.GetProperty("rules")
            .EnumerateArray()
            .Single()
            .GetProperty("count")
            .GetInt32();

    private static async Task<List<JsonElement>> ReportsAsync(HttpClient administrator) =>
        [.. (await administrator.GetAsync("/retention/reports", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];
}
