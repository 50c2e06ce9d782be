using System.Net;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests.Offers;

/// <summary>What the rules of an organisation may have deleted of its offers.</summary>
public sealed class OldOffersTests(LoansFixture fixture)
{
    private static readonly DateTimeOffset Before = TimeProvider.System.GetUtcNow().AddYears(-1);

    private readonly Office office = new(fixture);

    [Fact]
    public async Task Offers_of_which_nothing_came_go_with_all_that_hangs_on_them_and_nobody_elses()
    {
        var other = new Office(fixture);
        var foreign = await other.OfferAsync("REJECTED");
        await AgeAsync(other);
        foreach (var state in Steps.States)
        {
            await office.OfferAsync(state);
        }
        var seen = await office.OfferAsync("APPROVED");
        await office.CustomerClient.GetAsync($"/loan-offers/{seen.Id}", HttpStatusCode.OK);
        await office.GoAsync(seen, "decline");
        await AgeAsync(office);
        var young = await office.OfferAsync("REJECTED");

        (await CountAsync("CLOSED_OFFERS")).ShouldBe(5);
        (await DeleteAsync("CLOSED_OFFERS", atMost: 3)).ShouldBe(3);
        (await DeleteAsync("CLOSED_OFFERS", atMost: 3)).ShouldBe(2);

        var left = (await office.Installer.GetAsync("/loan-offers", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray();
        left.Select(offer => offer.GetProperty("status").GetString())
            .Order()
            .ShouldBe(["ACCEPTED", "APPROVED", "DISBURSED", "PENDING", "REJECTED", "WITHDRAWN"]);
        await office.Installer.GetAsync($"/loan-offers/{young.Id}", HttpStatusCode.OK);
        await other.Installer.GetAsync($"/loan-offers/{foreign.Id}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_withdrawn_goes_by_a_rule_of_its_own_and_never_where_money_was_paid()
    {
        var withdrawn = await office.OfferAsync("WITHDRAWN");
        var paidOut = await office.OfferAsync("DISBURSED");
        await office.GoAsync(paidOut, "withdraw");
        await AgeAsync(office);

        (await DeleteAsync("WITHDRAWN_OFFERS", atMost: 10)).ShouldBe(1);

        (await office.Installer.SendAsync("GET", $"/loan-offers/{withdrawn.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        await office.Installer.GetAsync($"/loan-offers/{paidOut.Id}", HttpStatusCode.OK);
    }

    [Fact]
    public void Letters_of_a_contract_are_kept_for_six_years_from_the_end_of_their_year()
    {
        using var scope = fixture.Host.Services.CreateScope();
        var kinds = scope.ServiceProvider.GetServices<IOldRecords>().ToDictionary(kind => kind.Name);

        kinds.Keys.ShouldBe(["CLOSED_OFFERS", "WITHDRAWN_OFFERS"], ignoreOrder: true);
        (kinds["WITHDRAWN_OFFERS"].MinimumMonths, kinds["WITHDRAWN_OFFERS"].CountsFromYearsEnd).ShouldBe((72, true));
        (kinds["CLOSED_OFFERS"].MinimumMonths, kinds["CLOSED_OFFERS"].CountsFromYearsEnd).ShouldBe((6, false));
    }

    private static Task<int> AgeAsync(Office office) =>
        office.SqlAsync(
            $"UPDATE loans.offers SET created_at = created_at - interval '2 years', updated_at = updated_at - interval '2 years' WHERE organization_id = '{office.Id}'"
        );

    private Task<int> CountAsync(string name) =>
        office.BehindTheApiAsync(
            (IEnumerable<IOldRecords> kinds) => kinds.Single(kind => kind.Name == name).CountAsync(Before, CancellationToken.None)
        );

    private Task<int> DeleteAsync(string name, int atMost) =>
        office.BehindTheApiAsync(
            async (IEnumerable<IOldRecords> kinds, Transactions transactions) =>
            {
                await using var transaction = await transactions.BeginAsync(CancellationToken.None);
                var deleted = await kinds.Single(kind => kind.Name == name).DeleteAsync(Before, atMost, CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                return deleted;
            }
        );
}
