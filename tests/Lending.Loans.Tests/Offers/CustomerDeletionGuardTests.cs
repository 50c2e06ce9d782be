using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class CustomerDeletionGuardTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("PENDING")]
    [InlineData("REJECTED")]
    [InlineData("DISBURSED")]
    public async Task A_customer_with_an_offer_is_kept(string status)
    {
        await office.OfferAsync(status);

        var obstacle = await FindObstacleAsync(office, office.Customer.Id);

        obstacle!.Code.ShouldBe("customer-has-offers");
        obstacle.Kind.ShouldBe(ErrorKind.Conflict);
    }

    [Fact]
    public async Task A_customer_without_offers_is_let_go()
    {
        await office.OfferAsync();

        (await FindObstacleAsync(office, office.AddCustomer().Id)).ShouldBeNull();
        (await FindObstacleAsync(new Office(fixture), office.Customer.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task A_customer_is_let_go_once_the_last_offer_is_deleted()
    {
        var offer = await office.OfferAsync();

        await office.Installer.ExpectAsync("DELETE", $"/loan-offers/{offer.Id}", null, System.Net.HttpStatusCode.NoContent);

        (await FindObstacleAsync(office, office.Customer.Id)).ShouldBeNull();
    }

    private static Task<Error?> FindObstacleAsync(Office office, Guid customerId) =>
        office.BehindTheApiAsync((ICustomerDeletionGuard guard) => guard.FindObstacleAsync(customerId, CancellationToken.None));
}
