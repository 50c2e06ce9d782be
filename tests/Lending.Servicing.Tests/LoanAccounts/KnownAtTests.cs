using System.Net;
using Lending.Loans.Contracts;
using Lending.Servicing.Days;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>What was known at a time is answered for ever, by every read of a loan account.</summary>
public sealed class KnownAtTests(ServicingFixture fixture)
{
    private static readonly string[] Reads =
    [
        "",
        "/balances",
        "/entries",
        "/schedules",
        "/payoffs",
        "/arrears",
        "/statement",
        "/interest-statement?year=2026",
        "/repayment-plan",
    ];

    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task No_answer_about_what_was_known_changes_with_what_is_recorded_or_with_the_day()
    {
        await using var host = await fixture.StartAsync();
        var account = $"/loan-accounts/{await fixture.DisbursedAccountAsync(organization, host: host)}";
        var payment = Money("2026-02-01", 86.07m);
        await Staff().PostAsync($"{account}/payments", payment, HttpStatusCode.OK);
        var known = TimeOf(host);
        var then = await AnswersAsync();

        host.Clock.Advance(TimeSpan.FromDays(40));
        await Staff().PostAsync($"{account}/payments", Money("2026-02-03", 50), HttpStatusCode.OK);
        await Staff().PostAsync($"/loan-events/{payment.EventId}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);
        await Staff().PostAsync($"{account}/reschedules", Reduction, HttpStatusCode.OK);
        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        (await AnswersAsync()).ShouldBe(then);
        foreach (var (read, before) in Reads.Zip(then))
        {
            (await Staff().GetAsync(account + read, HttpStatusCode.OK)).Text.ShouldNotBe(before, read);
        }

        // Tokens do not live as long as the clock is moved.
        HttpClient Staff() => host.ClientFor(Persons.Administrator(organization));

        async Task<List<string>> AnswersAsync()
        {
            List<string> answers = [];
            foreach (var read in Reads)
            {
                var path = $"{account}{read}{(read.Contains('?', StringComparison.Ordinal) ? '&' : '?')}knownAt={known}";
                answers.Add((await Staff().GetAsync(path, HttpStatusCode.OK)).Text);
            }
            return answers;
        }
    }

    [Fact]
    public async Task Before_the_payout_was_known_there_were_no_statements_and_no_entries()
    {
        var staff = fixture.Host.ClientFor(Persons.Administrator(organization));
        var offer = fixture.Accepted(Unique.Id(), new DateOnly(2026, 1, 1));
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        var known = TimeOf(fixture.Host);
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        var account = $"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId)}";

        (await CountAsync("statements", "years", $"?knownAt={known}")).ShouldBe(0);
        (await CountAsync("statements", "years")).ShouldBe(1);
        (await CountAsync("entries", "items", $"?knownAt={known}")).ShouldBe(0);
        (await CountAsync("entries", "items", "?asOf=2025-12-31")).ShouldBe(0);
        (await CountAsync("entries", "items", "?asOf=2026-01-01")).ShouldBe(1);
        (await CountAsync("entries", "items")).ShouldBeGreaterThan(1, "interest was posted for the days since");

        async Task<int> CountAsync(string read, string list, string asked = "") =>
            (await staff.GetAsync($"{account}/{read}{asked}", HttpStatusCode.OK)).Json.GetProperty(list).GetArrayLength();
    }

    [Theory]
    [InlineData("entries")]
    [InlineData("statement")]
    [InlineData("statements")]
    [InlineData("interest-statement")]
    [InlineData("repayment-plan")]
    public async Task What_will_be_known_is_not_known_yet(string read)
    {
        var staff = fixture.Host.ClientFor(Persons.Administrator(organization));
        var account = await fixture.DisbursedAccountAsync(organization);

        (await staff.SendAsync("GET", $"/loan-accounts/{account}/{read}?knownAt=2099-01-01T00:00:00Z")).WrongFields.ShouldBe(["knownAt"]);
    }

    // It makes a new version of the schedule.
    private static readonly object Reduction = new
    {
        eventId = Unique.Id(),
        effectiveOn = "2026-07-20",
        kind = "RATE_REDUCTION",
        annualRatePercent = 3,
        reason = "LENDER_OFFER",
    };

    private static string TimeOf(ModuleHost host) => Uri.EscapeDataString(host.Clock.GetUtcNow().ToString("O"));

    private static MoneyBody Money(string on, decimal amount) => new(Unique.Id(), on, amount);
}
