using System.Net;
using System.Text.Json;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Seeding;
using Lending.Servicing.Contracts;
using Lending.Servicing.Days;
using Lending.Servicing.Seeding;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Seeding;

/// <summary>Seeded accounts, read and paid through the API: it takes them for its own. They lived until the day on which the host lives.</summary>
public sealed class ServicingSeederTests(ServicingFixture fixture)
{
    private const int Accounts = 60;

    private static readonly DateOnly _until = new(2026, 11, 1);

    [Fact]
    public async Task Seeded_accounts_are_in_every_state_agree_with_their_books_and_can_be_paid()
    {
        await using var host = await StartAsync();
        var neighbour = new Offers();
        var seeder = new Seeder(host.Services, services => [neighbour, new ServicingSeeder(services)]);

        var progress = new Steps();
        var seeded = await seeder.SeedAsync(new SeedOptions { LoanAccounts = Accounts, Until = _until }, progress, CancellationToken.None);

        var staff = host.ClientFor(Persons.Administrator(neighbour.Organization.Id));
        var accounts = await ListAsync(staff, "/loan-accounts?limit=200");
        accounts.Count.ShouldBe(Accounts);
        seeded.Counts.Values.Sum().ShouldBe(Accounts);
        // A batch has so many rows that the memory does not grow with lives.
        progress.Done.Count.ShouldBeGreaterThanOrEqualTo((int)(seeded.RowCount / 15_000));
        var told = seeded.Plan.Told<PayableLoan>(neighbour.Organization, 1_000).ToList();
        told.Select(loan => loan.Id).ShouldBe(accounts.Select(account => account.GetProperty("id").GetGuid()), ignoreOrder: true);
        var due = seeded.Plan.Told<DueInstalment>(neighbour.Organization, 1_000).ToDictionary(instalment => instalment.LoanAccountId);

        var states = new Dictionary<Guid, JsonElement>();
        foreach (var account in accounts)
        {
            var id = account.GetProperty("id").GetGuid();
            var state = (await staff.GetAsync($"/loan-accounts/{id}?asOf=2026-10-31", HttpStatusCode.OK)).Json.GetProperty("state");
            states.Add(id, state);
            var entries = await ListAsync(staff, $"/loan-accounts/{id}/entries?limit=200");
            BalanceOf(entries, "PRINCIPAL").ShouldBe(state.GetProperty("principalOutstanding").GetDecimal());
            BalanceOf(entries, "BORROWER_CREDIT").ShouldBe(-state.GetProperty("credit").GetDecimal());
            BalanceOf(entries, "FEES_DUE").ShouldBe(state.GetProperty("fees").GetDecimal());
            var arrears = (await staff.GetAsync($"/loan-accounts/{id}/arrears?asOf=2026-10-31", HttpStatusCode.OK)).Json;
            arrears.GetProperty("daysPastDue").GetInt32().ShouldBe(state.GetProperty("daysPastDue").GetInt32());
            account.GetProperty("customerId").GetGuid().ShouldBe(told.Single(loan => loan.Id == id).CustomerId);
        }
        states
            .Values.Select(state => state.GetProperty("status").GetString())
            .Distinct()
            .Order()
            .ShouldBe(["ACTIVE", "CALLED_DUE", "SETTLED"]);
        // The lists of late accounts are those of the replay.
        foreach (var days in (int[])[1, 31, 91])
        {
            (await ListAsync(staff, $"/loan-accounts?daysPastDueFrom={days}&limit=200"))
                .Select(account => account.GetProperty("id").GetGuid())
                .ShouldBe(
                    states.Where(state => state.Value.GetProperty("daysPastDue").GetInt32() >= days).Select(state => state.Key),
                    ignoreOrder: true
                );
        }
        var trial = (await staff.GetAsync("/trial-balance?asOf=2026-10-31", HttpStatusCode.OK)).Json;
        trial.GetProperty("currencies").EnumerateArray().Select(currency => currency.GetProperty("balance").GetDecimal()).ShouldBe([0]);

        // What they owe next pays it, and posts no more than that.
        foreach (var (id, instalment) in due)
        {
            var before = (await ListAsync(staff, $"/loan-accounts/{id}/entries?limit=200")).Count;
            var paid = await staff.PostAsync(
                $"/loan-accounts/{id}/payments",
                new
                {
                    eventId = Unique.Id(),
                    effectiveOn = "2026-10-31",
                    amount = instalment.Amount,
                },
                HttpStatusCode.OK
            );
            paid.Json.GetProperty("state").GetProperty("daysPastDue").GetInt32().ShouldBe(0);
            ((await ListAsync(staff, $"/loan-accounts/{id}/entries?limit=200")).Count - before).ShouldBeInRange(1, 3);
        }
        due.Count.ShouldBe(
            states.Values.Count(state =>
                state.GetProperty("status").GetString() == "ACTIVE"
                && state.GetProperty("schedule").EnumerateArray().Any(row => row.GetProperty("open").GetDecimal() > 0)
            )
        );

        // Nothing was left to the day run, which goes on from there.
        var entryCount = await fixture.ScalarAsync("SELECT count(*) FROM servicing.journal_entries", host);
        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);
        (await fixture.ScalarAsync("SELECT count(*) FROM servicing.journal_entries", host)).ShouldBe(entryCount);
        host.Clock.Advance(TimeSpan.FromDays(31));
        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);
        ((long)(await fixture.ScalarAsync("SELECT count(*) FROM servicing.journal_entries", host))!).ShouldBeGreaterThan((long)entryCount!);

        (await seeder.EmptyAsync(CancellationToken.None)).ShouldBeGreaterThan(seeded.RowCount);
        (await fixture.ScalarAsync("SELECT count(*) FROM servicing.loan_accounts", host)).ShouldBe(0L);
        (await fixture.ScalarAsync("SELECT count(*) FROM servicing.journal_lines", host)).ShouldBe(0L);
    }

    // On the morning after the last day of the seed.
    private async Task<ModuleHost> StartAsync()
    {
        var host = await fixture.StartAsync();
        host.Clock.Advance(new DateTimeOffset(2026, 10, 31, 22, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        return host;
    }

    private static decimal BalanceOf(IEnumerable<JsonElement> entries, string account) =>
        entries
            .SelectMany(entry => entry.GetProperty("lines").EnumerateArray())
            .Where(line => line.GetProperty("account").GetString() == account)
            .Sum(line => line.GetProperty("amount").GetDecimal());

    private static async Task<List<JsonElement>> ListAsync(HttpClient client, string path)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await client.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}", HttpStatusCode.OK)).Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);
        return items;
    }

    private sealed class Steps : IProgress<SeedProgress>
    {
        public List<long> Done { get; } = [];

        public void Report(SeedProgress value) => Done.Add(value.Done);
    }

    /// <summary>What the Identity and Loans modules would say.</summary>
    private sealed class Offers : IModuleSeeder
    {
        public SeededOrganization Organization { get; } =
            new()
            {
                Id = Unique.Id(),
                Number = 0,
                Name = "Solar GmbH",
                Currency = "EUR",
                TimeZone = "Europe/Berlin",
                Language = SeedLocale.De,
                Installers = [new UserReference(Unique.Id(), "installer")],
                Administrator = new UserReference(Unique.Id(), "administrator"),
            };

        public void Prepare(SeedPlan plan)
        {
            plan.Organizations.Add(Organization);
            plan.Tell<AcceptedOffer>((_, count) => Enumerable.Range(0, count).Select(FakeLoanTests.Offer));
        }

        public Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;

        public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;
    }
}
