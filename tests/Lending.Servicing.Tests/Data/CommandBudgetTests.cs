using System.Net;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Servicing.Tests.Data;

/// <summary>How often each slice asks the database: reads once. What is recorded is locked, read, replayed and written.</summary>
public sealed class CommandBudgetTests(ServicingFixture fixture)
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        await using var host = await fixture.StartAsync();
        var organizationId = Unique.Id();
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var platform = host.ClientFor(Persons.Administrator(organizationId) with { Permissions = [ServicingPermission.BaseRates] });
        var id = await fixture.DisbursedAccountAsync(organizationId, host: host);
        await fixture.DisbursedAccountAsync(organizationId, host: host);
        var account = $"/loan-accounts/{id}";
        await staff.PostAsync($"{account}/payoff-quotes", new { }, HttpStatusCode.Created);
        var offer = fixture.Accepted(Unique.Id());
        await ServicingFixture.TellAsync(
            host,
            new Lending.Loans.Contracts.LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organizationId },
            Unique.Id()
        );
        var waiting = $"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId, host)}";
        var asked = Tranche();
        await staff.PostAsync($"{waiting}/disbursements", asked, HttpStatusCode.Created);
        var other = host.ClientFor(Persons.Administrator(organizationId));
        var turnedDown = Tranche();
        await staff.PostAsync($"{waiting}/disbursements", turnedDown, HttpStatusCode.Created);
        var late = $"/loan-accounts/{await fixture.DisbursedAccountAsync(organizationId, host: host)}";
        await staff.PostAsync($"{late}/calling-due-notices", Notice("2026-03-03"), HttpStatusCode.OK);
        var rich = $"/loan-accounts/{await fixture.DisbursedAccountAsync(organizationId, host: host)}";
        await staff.PostAsync(
            $"{rich}/payments",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-15",
                amount = 2_000,
            },
            HttpStatusCode.OK
        );
        var payment = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-02-01",
            amount = 10,
        };

        await host.ShouldKeepAsync(
            new("ListLoanAccounts", 1, () => staff.SendAsync("GET", "/loan-accounts")),
            new("GetLoanAccount", 1, () => staff.SendAsync("GET", account)),
            new("ListJournalEntries", 1, () => staff.SendAsync("GET", $"{account}/entries")),
            new("ListPayoffs", 1, () => staff.SendAsync("GET", $"{account}/payoffs")),
            new("CreatePayoffQuote", 3, () => staff.SendAsync("POST", $"{account}/payoff-quotes", new { })),
            // How many events there are by now, and the quotes.
            new("ListPayoffQuotes", 2, () => staff.SendAsync("GET", $"{account}/payoff-quotes")),
            new("GetStatement", 1, () => staff.SendAsync("GET", $"{account}/statement?from=2026-01-01&to=2026-06-15")),
            new("ListStatements", 1, () => staff.SendAsync("GET", $"{account}/statements")),
            new("GetInterestStatement", 1, () => staff.SendAsync("GET", $"{account}/interest-statement?year=2026")),
            new("GetRepaymentPlan", 1, () => staff.SendAsync("GET", $"{account}/repayment-plan")),
            new("GetTrialBalance", 1, () => staff.SendAsync("GET", "/trial-balance")),
            new("GetLedgerSettings", 1, () => staff.SendAsync("GET", "/ledger-exports/settings")),
            // Who goes, and who comes; the transaction has been told whose rows these are.
            new("PutLedgerSettings", 2, () => staff.SendAsync("PUT", "/ledger-exports/settings", Settings)),
            new("ListClosedPeriods", 1, () => staff.SendAsync("GET", "/closed-periods")),
            // The lock, the periods before, and this one.
            new("ClosePeriod", 3, () => staff.SendAsync("POST", "/closed-periods", new { through = "2025-12-31" })),
            // The settings, the entry in the audit log, a page, and that there is no other.
            new("ExportCsv", 4, () => staff.SendAsync("GET", "/ledger-exports/csv?from=2026-01-01&to=2026-06-15")),
            new("ExportDatev", 4, () => DatevAsync(staff)),
            new("GetBaseRates", 0, () => staff.SendAsync("GET", "/base-rates")),
            new("GetDunningLevels", 1, () => staff.SendAsync("GET", "/dunning-levels")),
            // Who goes, and who comes; the transaction has been told whose rows these are.
            new("PutDunningLevels", 2, () => staff.SendAsync("PUT", "/dunning-levels", Levels)),
            // Whether there is the account and another offer with the id; whose rows these are, and the offer.
            new("RecordForbearanceOffer", 4, () => staff.SendAsync("POST", $"{account}/forbearance-offers", Offer)),
            new("ListForbearanceOffers", 1, () => staff.SendAsync("GET", $"{account}/forbearance-offers"), FewestItems: 1),
            // The lock, the account with its events, its letters, the levels, offers of forbearance, and what is new.
            new("CreateDunningLetter", 6, () => staff.SendAsync("POST", $"{account}/dunning-letters", new { letterId = Letter })),
            new("ListDunningLetters", 1, () => staff.SendAsync("GET", $"{account}/dunning-letters"), FewestItems: 1),
            new("GetDunningLetter", 1, () => staff.SendAsync("GET", $"/dunning-letters/{Letter}")),
            new("SimulateLoan", 0, () => staff.SendAsync("POST", "/loan-accounts/simulate", Simulated)),
            // The account, and its events.
            new("ListSchedules", 2, () => staff.SendAsync("GET", $"{account}/schedules")),
            new("GetBalances", 1, () => staff.SendAsync("GET", $"{account}/balances")),
            new("GetArrears", 1, () => staff.SendAsync("GET", $"{account}/arrears")),
            new("ListDisbursements", 1, () => staff.SendAsync("GET", $"{waiting}/disbursements")),
            new("RequestDisbursement", 4, () => staff.SendAsync("POST", $"{waiting}/disbursements", Tranche())),
            new("RejectDisbursement", 3, () => staff.SendAsync("POST", $"/disbursements/{turnedDown.EventId}/rejection")),
            // What was asked for, of which offer it is, and what recording takes.
            new("ConfirmDisbursement", 6, () => other.SendAsync("POST", $"/disbursements/{asked.EventId}/confirmation")),
            // The account with its lock, its events, its entries; what is new goes in one batch.
            new("RecordPayment", 4, () => staff.SendAsync("POST", $"{account}/payments", payment)),
            new("RecordCharge", 4, () => staff.SendAsync("POST", $"{account}/charges", Charge)),
            new("RepayExtra", 4, () => staff.SendAsync("POST", $"{account}/extra-repayments", payment with { eventId = Unique.Id() })),
            new("RescheduleLoan", 4, () => staff.SendAsync("POST", $"{account}/reschedules", Reduction)),
            // As all that is recorded, and the offers of forbearance.
            new("ServeNotice", 5, () => staff.SendAsync("POST", $"{account}/calling-due-notices", Notice("2026-06-15"))),
            new("CallLoanDue", 5, () => staff.SendAsync("POST", $"{late}/calling-due", Step("2026-03-18"))),
            new("WriteOffLoan", 4, () => staff.SendAsync("POST", $"{late}/write-off", Step("2026-06-15"))),
            new("RefundCredit", 4, () => staff.SendAsync("POST", $"{rich}/credit-refunds", Tranche())),
            new("WithdrawFromLoan", 4, () => staff.SendAsync("POST", $"{rich}/withdrawal", Step("2026-01-10"))),
            new("WaiveDebt", 4, () => staff.SendAsync("POST", $"{account}/waivers", payment with { eventId = Unique.Id() })),
            new("GiveGoodwill", 4, () => staff.SendAsync("POST", $"{account}/goodwill-payments", payment with { eventId = Unique.Id() })),
            // And which account the event is of.
            new(
                "ReturnPayment",
                5,
                () => staff.SendAsync("POST", $"/loan-events/{payment.eventId}/returns", payment with { eventId = Unique.Id() })
            ),
            new(
                "ReverseEvent",
                5,
                () => staff.SendAsync("POST", $"/loan-events/{payment.eventId}/reversals", new { eventId = Unique.Id() })
            ),
            // The rates that are known, whose rows these are, and the rate. Last: who comes after it reads the rates anew.
            new("EnterBaseRate", 3, () => platform.SendAsync("POST", "/base-rates", Rate))
        );
    }

    private static readonly object Reduction = new
    {
        eventId = Unique.Id(),
        effectiveOn = "2026-06-15",
        kind = "RATE_REDUCTION",
        annualRatePercent = 1,
        reason = "LENDER_OFFER",
    };

    private static object Step(string on) => new { eventId = Unique.Id(), effectiveOn = on };

    private static object Notice(string on) =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = on,
            talkOfferedOn = on,
        };

    private static MoneyBody Tranche() => new(Unique.Id(), "2026-06-15", 100);

    private static readonly Guid Letter = Unique.Id();

    private static readonly object Levels = new { levels = new[] { new { afterDays = 5, payWithinDays = 7 } } };

    private static readonly object Offer = new
    {
        offerId = Unique.Id(),
        kind = "DEFERRAL",
        offeredOn = "2026-06-01",
    };

    private static readonly object Rate = new
    {
        from = "2027-01-01",
        percent = 1,
        source = "Deutsche Bundesbank",
    };

    private static readonly object Settings = new { consultantNumber = 1001, clientNumber = 1 };

    // The client knows no Windows-1252.
    private static async Task<Answer> DatevAsync(HttpClient staff)
    {
        using var response = await staff.GetAsync(new Uri("/api/v1/ledger-exports/datev?from=2026-01-01&to=2026-06-15", UriKind.Relative));
        return new Answer(response.StatusCode, "", null, null, response.Content.Headers.ContentType?.MediaType);
    }

    private static readonly object Charge = new
    {
        eventId = Unique.Id(),
        effectiveOn = "2026-02-01",
        amount = 1,
        kind = "FEE",
    };

    private static readonly object Simulated = new
    {
        principal = 100,
        firstDueOn = "2026-02-01",
        count = 1,
        asOf = "2026-01-01",
    };
}
