using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Payments.Tests.Payouts;

/// <summary>What tests of payouts do with an organisation: two people who record and verify accounts, make and release runs.</summary>
internal sealed class PayoutSteps(PaymentsFixture fixture, Guid organization, ModuleHost? host = null)
{
    /// <summary>The day on which runs of these tests pay.</summary>
    public const string Day = "2026-06-16";

    public HttpClient First { get; } = (host ?? fixture.Host).ClientFor(Persons.Administrator(organization));

    public HttpClient Second { get; } = (host ?? fixture.Host).ClientFor(Persons.Underwriter(organization));

    public static object Account(Guid? customerId = null, string iban = PaymentsFixture.CustomerIban, Guid? installerId = null) =>
        new
        {
            customerId,
            installerId,
            holderName = "Solarbau Nord GmbH",
            iban,
            street = "Werftstraße",
            buildingNumber = "7",
            postCode = "24143",
            town = "Kiel",
            country = "DE",
        };

    /// <summary>An account that nobody has verified.</summary>
    public async Task<Guid> UnverifiedAsync(Guid? customerId = null, Guid? installerId = null) =>
        (await First.PostAsync("/payee-accounts", Account(customerId, installerId: installerId), HttpStatusCode.Created)).Id;

    /// <summary>An account to which money may go.</summary>
    public async Task<Guid> PayeeAsync(Guid? customerId = null, Guid? installerId = null)
    {
        var id = await UnverifiedAsync(customerId, installerId);
        await Second.PostAsync($"/payee-accounts/{id}/verification", new { method = "BANK_ANSWER" }, HttpStatusCode.OK);
        return id;
    }

    public async Task<Answer> TryRunAsync(Guid payee, params OutgoingMoney[] payouts) => await TryRunOnAsync(Day, payee, payouts);

    public async Task<Answer> TryRunOnAsync(string day, Guid payee, params OutgoingMoney[] payouts)
    {
        await PaymentsFixture.WithCreditorAsync(First);
        return await First.SendAsync("POST", "/payout-runs", Run(payee, payouts, day));
    }

    /// <summary>The request alone, for an organisation that has said from which account it pays.</summary>
    public Task<Answer> TryPostRunAsync(Guid payee, params OutgoingMoney[] payouts) =>
        First.SendAsync("POST", "/payout-runs", Run(payee, payouts, Day));

    public async Task<Answer> RunAsync(Guid payee, params OutgoingMoney[] payouts)
    {
        var answer = await TryRunAsync(payee, payouts);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return answer;
    }

    public Task<Answer> ReleaseAsync(Guid run) => Second.PostAsync($"/payout-runs/{run}/release", null, HttpStatusCode.OK);

    /// <summary>A run at the bank that pays this to an installer.</summary>
    public async Task<Answer> SentAsync(params OutgoingMoney[] payouts)
    {
        var run = await RunAsync(await PayeeAsync(), payouts);
        return await ReleaseAsync(run.Id);
    }

    /// <summary>The transfers of an event, the newest first.</summary>
    public async Task<List<JsonElement>> PayoutsAsync(OutgoingMoney money) =>
        [
            .. (await First.GetAsync($"/payouts?loanAccountId={money.LoanAccountId}", HttpStatusCode.OK))
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];

    public async Task<JsonElement> PayoutAsync(OutgoingMoney money) => (await PayoutsAsync(money)).ShouldHaveSingleItem();

    public async Task<string?> StatusAsync(OutgoingMoney money) => (await PayoutAsync(money)).GetProperty("status").GetString();

    public async Task<string> EndToEndIdAsync(OutgoingMoney money) => (await PayoutAsync(money)).GetProperty("endToEndId").GetString()!;

    public async Task<XElement> FileAsync(Guid run) =>
        XDocument.Parse((await Second.GetAsync($"/payout-runs/{run}/file", HttpStatusCode.OK)).Text).Root!;

    private static object Run(Guid payee, OutgoingMoney[] payouts, string executeOn) =>
        new { executeOn, payouts = payouts.Select(money => new { loanEventId = money.LoanEventId, payeeAccountId = payee }) };
}
