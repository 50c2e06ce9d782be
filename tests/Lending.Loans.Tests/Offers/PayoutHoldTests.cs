using System.Net;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>A payout and a withdrawal at the same moment: one comes first, and the other one sees it.</summary>
public sealed class PayoutHoldTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("ACCEPTED", true)]
    [InlineData("DISBURSED", true)]
    [InlineData("APPROVED", false)]
    [InlineData("WITHDRAWN", false)]
    public async Task Money_goes_out_for_offers_that_are_accepted_and_not_withdrawn_from(string status, bool isPayable)
    {
        var offer = await office.OfferAsync(status);

        (await HoldAsync(office, offer.Id)).ShouldBe(isPayable);
        (await HoldAsync(new Office(fixture), offer.Id)).ShouldBeFalse("it is another organisation's");
    }

    [Fact]
    public async Task Before_the_withdrawal_period_ends_money_goes_out_only_where_the_organisation_allows_it()
    {
        var careful = new Office(fixture, allowsEarlyPayout: false);
        var offer = await careful.OfferAsync("ACCEPTED");

        (await HoldAsync(careful, offer.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_withdraws_while_money_goes_out_waits_until_it_has_gone()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        Task<Answer>? withdrawal = null;

        await office.BehindTheApiAsync<IAcceptedOffers, Transactions, bool>(
            async (offers, transactions) =>
            {
                await using var transaction = await transactions.BeginAsync(Ct);
                (await offers.HoldPayableAsync([offer.Id], Ct)).ShouldBe([offer.Id]);
                withdrawal = WithdrawAsync(offer.Id);
                await LockWaits.UntilAsync(fixture.Host, "loans.offers", Ct);
                withdrawal.IsCompleted.ShouldBeFalse();
                await transaction.CommitAsync(Ct);
                return true;
            }
        );

        (await withdrawal!).Status.ShouldBe(HttpStatusCode.OK);
        (await HoldAsync(office, offer.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_a_payout_and_a_withdrawal_at_once_the_payout_comes_first_or_is_refused()
    {
        for (var round = 0; round < 12; round++)
        {
            var offer = await office.OfferAsync("ACCEPTED");

            var withdrawal = WithdrawAsync(offer.Id);
            var payout = office.BehindTheApiAsync<IAcceptedOffers, Transactions, bool>(
                async (offers, transactions) =>
                {
                    await using var transaction = await transactions.BeginAsync(Ct);
                    var isPayable = (await offers.HoldPayableAsync([offer.Id], Ct)).Contains(offer.Id);
                    // What is decided holds until the transaction ends: whoever looks sees no withdrawal before it, and none is missed.
                    for (var look = 0; look < 5; look++)
                    {
                        (await StatusAsync(offer.Id)).ShouldBe(isPayable ? "ACCEPTED" : "WITHDRAWN");
                    }
                    await transaction.CommitAsync(Ct);
                    return isPayable;
                }
            );
            await Task.WhenAll(withdrawal, payout);

            (await withdrawal).Status.ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(offer.Id)).ShouldBe("WITHDRAWN");
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<Answer> WithdrawAsync(Guid offer) => office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer}/withdraw");

    private static Task<bool> HoldAsync(Office who, Guid offer) =>
        who.BehindTheApiAsync<IAcceptedOffers, Transactions, bool>(
            async (offers, transactions) =>
            {
                await using var transaction = await transactions.BeginAsync(Ct);
                return (await offers.HoldPayableAsync([offer], Ct)).Contains(offer);
            }
        );

    private async Task<string> StatusAsync(Guid offer)
    {
        await using var command = fixture.Host.Database.CreateCommand($"SELECT status FROM loans.offers WHERE id = '{offer}'");
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
