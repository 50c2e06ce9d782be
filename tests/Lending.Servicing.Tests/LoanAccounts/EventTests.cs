using System.Net;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>What is told to others, with what is posted.</summary>
public sealed class EventTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task A_loan_tells_of_its_payout_its_payments_and_their_return_in_order()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Money("2026-02-01", 86.07m);
        var back = Money("2026-03-02", 86.07m);
        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        await Staff.PostAsync($"/loan-events/{payment.EventId}/returns", back, HttpStatusCode.OK);
        await Staff.PostAsync($"/loan-events/{back.EventId}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);

        var told = await fixture.ToldAsync(id);

        told.Select(happened => happened.Type)
            .ShouldBe([
                "LoanDisbursed",
                // Those of the past were due before anybody told of the payout.
                "LoanInstalmentDue",
                "LoanInstalmentDue",
                "LoanInstalmentDue",
                "LoanInstalmentDue",
                "LoanInstalmentDue",
                "LoanArrearsChanged",
                "LoanPaymentReceived",
                "LoanPaymentReturned",
                "LoanEventReversed",
            ]);
        told[6].Payload.GetProperty("bucket").GetString().ShouldBe("91+");
        told[7].Payload.GetProperty("loanEventId").GetGuid().ShouldBe(payment.EventId);
        told[8].Payload.GetProperty("paymentId").GetGuid().ShouldBe(payment.EventId);
        told[9].Payload.GetProperty("reversedId").GetGuid().ShouldBe(back.EventId);
        foreach (var (_, payload) in told)
        {
            payload.GetProperty("loanAccountId").GetGuid().ShouldBe(id);
            payload.GetProperty("organizationId").GetGuid().ShouldBe(organization);
            payload.TryGetProperty("customerId", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Who_pays_all_off_is_late_no_more_and_the_loan_is_settled()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var row = (await Staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK)).Json.GetProperty("rows")[0];
        var payment = Money(row.GetProperty("on").GetString()!, row.GetProperty("total").GetDecimal());

        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);

        var told = (await fixture.ToldAsync(id))[^3..];
        told.Select(happened => happened.Type).ShouldBe(["LoanPaymentReceived", "LoanArrearsChanged", "LoanSettled"]);
        told[1].Payload.GetProperty("previousBucket").GetString().ShouldBe("91+");
        told[1].Payload.GetProperty("bucket").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_refused_tells_nothing()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var before = (await fixture.ToldAsync(id)).Count;

        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", Money("2025-12-31", 1))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "not-disbursed"
        );
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", Money("2026-06-16", 1))).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await fixture.ToldAsync(id)).Count.ShouldBe(before);
    }

    private static MoneyBody Money(string on, decimal amount) => new(Unique.Id(), on, amount);
}
