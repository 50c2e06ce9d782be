using System.Net;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Contracts;

/// <summary>What who sends money is told of it: a loan of 1,000.00 whose payout somebody asks for and somebody else confirms.</summary>
public sealed class LoanPayoutsTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task A_payout_is_money_that_goes_out_as_soon_as_it_is_confirmed_and_for_its_organisation_alone()
    {
        var installer = Unique.Id();
        var (account, _, customer) = await AcceptedAsync(offer => offer with { OfferedById = installer });
        var payout = await AskAsync(account, 400);

        (await HoldAsync(payout)).ShouldBeEmpty("nobody has confirmed it");
        await ConfirmAsync(payout);

        (await HoldAsync(payout, Unique.Id())).ShouldBe([
            new OutgoingMoney(payout, account, customer, installer, IsRefund: false, "EUR", 400),
        ]);
        (await fixture.Host.InModuleAsync(Unique.Id(), services => HoldAsync(services, [payout]))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fees_that_the_lender_keeps_do_not_go_out()
    {
        var (account, _, _) = await AcceptedAsync(offer => offer with { FinancedFee = 30, DealerFee = 50 });
        var (first, second) = (await AskAsync(account, 400), await AskAsync(account, 600));
        await ConfirmAsync(first);
        await ConfirmAsync(second);

        (await HoldAsync(first, second))
            .ToDictionary(money => money.LoanEventId, money => money.Amount)
            .ShouldBe(new Dictionary<Guid, decimal> { [first] = 320, [second] = 600 }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_reversed_or_withdrawn_from_does_not_go_out()
    {
        var refund = await RefundAsync();
        (await HoldAsync(refund)).ShouldHaveSingleItem();
        await Staff().PostAsync($"/loan-events/{refund}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);
        (await HoldAsync(refund)).ShouldBeEmpty("it was reversed");

        var (other, offer, _) = await AcceptedAsync();
        var (first, second) = (await AskAsync(other, 400), await AskAsync(other, 100));
        await ConfirmAsync(first);
        await ConfirmAsync(second);
        var withdrawal = Unique.Id();
        await Staff()
            .PostAsync($"/loan-accounts/{other}/withdrawal", new { eventId = withdrawal, effectiveOn = "2026-06-15" }, HttpStatusCode.OK);
        (await HoldAsync(first, second)).ShouldBeEmpty("staff recorded that the customer withdrew");
        await Staff().PostAsync($"/loan-events/{withdrawal}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);
        (await HoldAsync(first, second)).Count.ShouldBe(2);

        fixture.ForbidPayout(offer);
        (await HoldAsync(first, second)).ShouldBeEmpty("the customer withdrew from the offer");
    }

    [Fact]
    public async Task A_credit_whose_payment_was_taken_back_does_not_go_out()
    {
        var account = await fixture.DisbursedAccountAsync(organization);
        var (paid, refund) = (Money(1_500), Money(100));
        await Staff().PostAsync($"/loan-accounts/{account}/payments", paid, HttpStatusCode.OK);
        await Staff().PostAsync($"/loan-accounts/{account}/credit-refunds", refund, HttpStatusCode.OK);
        (await HoldAsync(refund.EventId)).ShouldHaveSingleItem();

        await Staff().PostAsync($"/loan-events/{paid.EventId}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);

        (await HoldAsync(refund.EventId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_credit_that_was_refunded_goes_out_and_a_payout_that_Loans_recorded_has_gone_already()
    {
        var refund = await RefundAsync();
        var recorded = (Guid)
            (
                await fixture.ScalarAsync(
                    $"""
                    SELECT id FROM servicing.loan_events WHERE type = 'tranche'
                        AND loan_account_id = (SELECT loan_account_id FROM servicing.loan_events WHERE id = '{refund}')
                    """
                )
            )!;

        var held = await HoldAsync(refund, recorded);

        held.ShouldHaveSingleItem().ShouldBe(held[0] with { LoanEventId = refund, IsRefund = true, Amount = 100 });
    }

    [Fact]
    public async Task Who_holds_money_keeps_others_from_taking_it_back()
    {
        var refund = await RefundAsync();
        Task<Answer>? reversal = null;

        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Ct);
                (await services.GetRequiredService<ILoanPayouts>().HoldAsync([refund], Ct)).ShouldHaveSingleItem();
                reversal = Staff().SendAsync("POST", $"/loan-events/{refund}/reversals", new { eventId = Unique.Id() });
                await LockWaits.UntilAsync(fixture.Host, "servicing.loan_standings", Ct);
                reversal.IsCompleted.ShouldBeFalse();
                await transaction.CommitAsync(Ct);
                return true;
            }
        );

        (await reversal!).Status.ShouldBe(HttpStatusCode.OK);
        (await HoldAsync(refund)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_whose_money_is_at_the_bank_is_not_reversed()
    {
        var refund = await RefundAsync();
        fixture.AtBank[refund] = true;

        (await ReverseAsync()).ShouldBeProblem(HttpStatusCode.Conflict, "refund-at-bank");
        (await HoldAsync(refund)).ShouldHaveSingleItem("nothing was recorded");
        fixture.AtBank.TryRemove(refund, out _);
        (await ReverseAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await HoldAsync(refund)).ShouldBeEmpty();

        Task<Answer> ReverseAsync() => Staff().SendAsync("POST", $"/loan-events/{refund}/reversals", new { eventId = Unique.Id() });
    }

    [Fact]
    public async Task That_money_has_gone_is_told_with_the_caller_s_transaction()
    {
        var (account, _, _) = await AcceptedAsync();
        var payout = await AskAsync(account, 400);
        await ConfirmAsync(payout);

        await TellAsync(account, payout, commits: false);
        (await ToldAsync(account)).ShouldBeEmpty();
        await TellAsync(account, payout, commits: true);

        (await ToldAsync(account)).ShouldHaveSingleItem().GetProperty("loanEventId").GetGuid().ShouldBe(payout);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Staff() => fixture.Host.ClientFor(Persons.Administrator(organization));

    private async Task<(Guid Account, Guid Offer, Guid Customer)> AcceptedAsync(Func<AcceptedOffer, AcceptedOffer>? change = null)
    {
        var customer = Unique.Id();
        var offer = fixture.Accepted(customer, change: change);
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        return (await fixture.AccountOfAsync(offer.OfferId), offer.OfferId, customer);
    }

    private async Task<Guid> AskAsync(Guid account, decimal amount)
    {
        var asked = Money(amount);
        await Staff().PostAsync($"/loan-accounts/{account}/disbursements", asked, HttpStatusCode.Created);
        return asked.EventId;
    }

    /// <summary>A credit of 100.00 that goes back to the borrower.</summary>
    private async Task<Guid> RefundAsync()
    {
        var account = await fixture.DisbursedAccountAsync(organization);
        await Staff().PostAsync($"/loan-accounts/{account}/payments", Money(1_500), HttpStatusCode.OK);
        var refund = Money(100);
        await Staff().PostAsync($"/loan-accounts/{account}/credit-refunds", refund, HttpStatusCode.OK);
        return refund.EventId;
    }

    private Task<Answer> ConfirmAsync(Guid payout) => Staff().PostAsync($"/disbursements/{payout}/confirmation", null, HttpStatusCode.OK);

    private Task<IReadOnlyList<OutgoingMoney>> HoldAsync(params Guid[] events) =>
        fixture.Host.InModuleAsync(organization, services => HoldAsync(services, events));

    private static async Task<IReadOnlyList<OutgoingMoney>> HoldAsync(IServiceProvider services, Guid[] events)
    {
        await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Ct);
        return await services.GetRequiredService<ILoanPayouts>().HoldAsync(events, Ct);
    }

    private Task<bool> TellAsync(Guid account, Guid payout, bool commits) =>
        fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Ct);
                await services.GetRequiredService<ILoanPayouts>().TellSettledAsync(account, payout, Ct);
                if (commits)
                {
                    await transaction.CommitAsync(Ct);
                }
                return commits;
            }
        );

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> ToldAsync(Guid account) =>
        [.. (await fixture.ToldAsync(account)).Where(told => told.Type == "LoanPayoutSettled").Select(told => told.Payload)];

    private static MoneyBody Money(decimal amount) => new(Unique.Id(), "2026-06-15", amount);
}
