using System.Net;
using Lending.Payments.Tests.Statements;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Payouts;

/// <summary>Which refunds may be reversed: those whose money is not at the bank, and has not arrived.</summary>
public sealed class SentRefundTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private PayoutSteps Steps => field ??= new PayoutSteps(fixture, organization);

    [Fact]
    public async Task From_the_release_on_a_refund_stays_until_the_bank_refuses_it_or_it_comes_back()
    {
        var money = fixture.Loans.Confirmed(10, isRefund: true);
        var payee = await Steps.PayeeAsync(money.CustomerId);
        (await ObstacleAsync(money)).ShouldBeNull("no run has it");

        var refused = await Steps.RunAsync(payee, money);
        (await ObstacleAsync(money)).ShouldBeNull("its run waits");
        await Steps.ReleaseAsync(refused.Id);
        (await ObstacleAsync(money)).ShouldBe("refund-at-bank");
        await Steps.FileAsync(refused.Id);
        await Steps.First.ImportAsync(
            BankXml.Report(refused["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
        );
        (await ObstacleAsync(money)).ShouldBeNull("the bank has refused it");
        await ShouldHaveNoFileAsync(refused.Id);

        var sent = await Steps.RunAsync(payee, money);
        await Steps.ReleaseAsync(sent.Id);
        var id = (await Steps.PayoutsAsync(money))[0].GetProperty("endToEndId").GetString()!;
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(id, 10)));
        (await ObstacleAsync(money)).ShouldBe("refund-at-bank", "it has arrived");
        await Steps.FileAsync(sent.Id);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.SentBack(id, 10, "AC04")));
        (await ObstacleAsync(money)).ShouldBeNull("it came back");
        await ShouldHaveNoFileAsync(sent.Id);
    }

    private async Task ShouldHaveNoFileAsync(Guid run) =>
        (await Steps.Second.SendAsync("GET", $"/payout-runs/{run}/file")).ShouldBeProblem(HttpStatusCode.Conflict, "run-failed");

    private Task<string?> ObstacleAsync(OutgoingMoney money) =>
        fixture.Host.InModuleAsync(
            organization,
            async services =>
                (
                    await services
                        .GetRequiredService<IReversalGuard>()
                        .FindObstacleAsync(money.LoanEventId, TestContext.Current.CancellationToken)
                )?.Code
        );
}
