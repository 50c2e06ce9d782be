using System.Net;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.Days;
using Lending.Servicing.LoanAccounts;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>The list of accounts by state, lateness, customer and installer. Loans of 1,000.00 run from 1 January 2026, and today is 15 June.</summary>
public sealed class ListLoanAccountsTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task By_state_one_or_several()
    {
        var active = await fixture.DisbursedAccountAsync(organization);
        var settled = await fixture.DisbursedAccountAsync(organization);
        await RecordAsync(settled, "payments", "2026-06-15", 2_000);
        var writtenOff = await fixture.DisbursedAccountAsync(organization);
        await RecordAsync(writtenOff, "write-off", "2026-06-15");
        var waiting = await OpenAsync();

        (await ListAsync("status=ACTIVE")).ShouldBe([active]);
        (await ListAsync("status=SETTLED")).ShouldBe([settled]);
        (await ListAsync("status=AWAITING_DISBURSEMENT&status=WRITTEN_OFF")).ShouldBe([waiting, writtenOff]);
        (await ListAsync("status=CALLED_DUE")).ShouldBeEmpty();
        (await ListAsync("")).ShouldBe([waiting, writtenOff, settled, active]);
        (await Staff.GetAsync("/loan-accounts?status=ACTIVE&status=SETTLED&includeTotal=true&limit=1", HttpStatusCode.OK))
            .Json.GetProperty("total")
            .GetInt32()
            .ShouldBe(2);
    }

    [Fact]
    public async Task By_days_past_due_to_the_day()
    {
        // Instalments are due on the first of each month; the oldest unpaid one counts.
        var fromMay = await fixture.DisbursedAccountAsync(organization);
        await RecordAsync(fromMay, "payments", "2026-04-01", 3 * 86.07m + 0.5m);
        var fromJune = await fixture.DisbursedAccountAsync(organization);
        await RecordAsync(fromJune, "payments", "2026-05-01", 4 * 86.07m + 0.5m);
        var paid = await fixture.DisbursedAccountAsync(organization);
        await RecordAsync(paid, "payments", "2026-06-01", 5 * 86.07m + 0.5m);
        await OpenAsync();

        (await ListAsync("daysPastDueFrom=1")).ShouldBe([fromJune, fromMay]);
        (await ListAsync("daysPastDueFrom=14")).ShouldBe([fromJune, fromMay]);
        (await ListAsync("daysPastDueFrom=15")).ShouldBe([fromMay]);
        (await ListAsync("daysPastDueFrom=45")).ShouldBe([fromMay]);
        (await ListAsync("daysPastDueFrom=46")).ShouldBeEmpty();
        (await ListAsync("daysPastDueFrom=36500")).ShouldBeEmpty();
        (await ListAsync("daysPastDueFrom=1&status=SETTLED")).ShouldBeEmpty();
        await RecordAsync(fromJune, "payments", "2026-06-15", 86.07m);
        (await ListAsync("daysPastDueFrom=1")).ShouldBe([fromMay], "nothing of it is overdue any more");
    }

    [Theory]
    [InlineData("daysPastDueFrom=0")]
    [InlineData("daysPastDueFrom=36501")]
    [InlineData("daysPastDueFrom=soon")]
    [InlineData("status=LATE")]
    [InlineData("installerId=me")]
    public async Task What_no_account_can_have_is_refused(string query) =>
        (await Staff.SendAsync("GET", $"/loan-accounts?{query}")).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");

    [Fact]
    public async Task By_customer_and_by_who_made_the_offer()
    {
        var (customer, installer) = (Unique.Id(), Unique.Id());
        var theirs = await fixture.DisbursedAccountAsync(organization, customer, offeredById: installer);
        var ofInstaller = await fixture.DisbursedAccountAsync(organization, offeredById: installer);
        var ofCustomer = await fixture.DisbursedAccountAsync(organization, customer);

        (await ListAsync($"installerId={installer}")).ShouldBe([ofInstaller, theirs]);
        (await ListAsync($"customerId={customer}")).ShouldBe([ofCustomer, theirs]);
        (await ListAsync($"installerId={installer}&customerId={customer}")).ShouldBe([theirs]);
        (await ListAsync($"installerId={Unique.Id()}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_of_what_matches_follow_each_other()
    {
        var late = new List<Guid>();
        for (var number = 0; number < 5; number++)
        {
            late.Insert(0, await fixture.DisbursedAccountAsync(organization));
            await OpenAsync();
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Staff.GetAsync(
                $"/loan-accounts?status=ACTIVE&daysPastDueFrom=100&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}",
                HttpStatusCode.OK
            );
            seen.AddRange(IdsOf(page));
            cursor = page.Json.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        seen.ShouldBe(late);
    }

    [Fact]
    public async Task Another_organisation_and_another_customer_see_nothing_of_it()
    {
        var customer = Unique.Id();
        var own = await fixture.DisbursedAccountAsync(organization, customer);
        await fixture.DisbursedAccountAsync(organization);

        var other = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));
        IdsOf(await other.GetAsync("/loan-accounts?status=ACTIVE&daysPastDueFrom=1", HttpStatusCode.OK)).ShouldBeEmpty();
        var borrower = fixture.Host.ClientFor(Persons.Customer(organization, customer));
        IdsOf(await borrower.GetAsync("/loan-accounts?status=ACTIVE&daysPastDueFrom=1", HttpStatusCode.OK)).ShouldBe([own]);
    }

    [Fact]
    public async Task What_is_kept_for_lists_is_what_a_replay_says_on_each_day()
    {
        await using var host = await fixture.StartAsync();
        var staff = host.ClientFor(Persons.Administrator(organization));
        var ids = new List<Guid>();
        for (var instalments = 0; instalments < 8; instalments++)
        {
            var id = await fixture.DisbursedAccountAsync(organization, host: host);
            ids.Add(id);
            if (instalments > 0)
            {
                var paid = RecordedEvent("2026-06-15", instalments * 86.07m);
                await staff.PostAsync($"/loan-accounts/{id}/payments", paid, HttpStatusCode.OK);
            }
        }
        await staff.PostAsync($"/loan-accounts/{ids[0]}/write-off", RecordedEvent("2026-06-15"), HttpStatusCode.OK);
        var run = host.Services.GetRequiredService<DayRun>();
        var late = new HashSet<int>();

        for (var day = 0; day < 40; day++)
        {
            await run.RunAsync(CancellationToken.None);
            var today = ServicingDay.Of(host.Clock.GetUtcNow());
            // Tokens live for minutes.
            using var reader = host.ClientFor(Persons.Administrator(organization));
            var kept = await KeptAsync(host);
            foreach (var id in ids)
            {
                var state = (await reader.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");
                var (status, since) = kept[id];
                var days = since is { } first ? today.DayNumber - first.DayNumber : 0;
                days.ShouldBe(state.GetProperty("daysPastDue").GetInt32(), $"{id} on {today}");
                status.ToString().ToUpperInvariant().ShouldBe(state.GetProperty("status").GetString()!.Replace("_", ""));
                late.Add(days);
            }
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        late.Count.ShouldBeGreaterThan(60);
        late.ShouldContain(0);
    }

    private Task<Dictionary<Guid, (LoanStatus Status, DateOnly? OverdueSince)>> KeptAsync(ModuleHost host) =>
        host.InModuleAsync(
            organization,
            async services =>
                (await services.GetRequiredService<ServicingDbContext>().LoanStandings.AsNoTracking().ToListAsync()).ToDictionary(
                    standing => standing.LoanAccountId,
                    standing => (standing.Status, standing.OverdueSince)
                )
        );

    private async Task<List<Guid>> ListAsync(string query) => IdsOf(await Staff.GetAsync($"/loan-accounts?{query}", HttpStatusCode.OK));

    private static List<Guid> IdsOf(Answer answer) =>
        [.. answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private async Task<Guid> OpenAsync()
    {
        var offer = fixture.Accepted(Unique.Id());
        await ServicingFixture.TellAsync(
            fixture.Host,
            new Lending.Loans.Contracts.LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        return await fixture.AccountOfAsync(offer.OfferId);
    }

    private Task<Answer> RecordAsync(Guid id, string what, string effectiveOn, decimal? amount = null) =>
        Staff.PostAsync($"/loan-accounts/{id}/{what}", RecordedEvent(effectiveOn, amount), HttpStatusCode.OK);

    private static object RecordedEvent(string effectiveOn, decimal? amount = null) =>
        amount is null
            ? new { eventId = Unique.Id(), effectiveOn }
            : new
            {
                eventId = Unique.Id(),
                effectiveOn,
                amount,
            };
}
