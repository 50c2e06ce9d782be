using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>A loan that was offered, accepted and paid out, over all modules as they really are.</summary>
internal sealed record PaidOutLoan(
    Guid OrganizationId,
    Guid OfferId,
    HttpClient Customer,
    HttpClient Administrator,
    JsonElement Accepted,
    JsonElement Active
)
{
    public Guid AccountId => Active.GetProperty("account").GetProperty("id").GetGuid();

    public static async Task<PaidOutLoan> CreateAsync(HostFixture host, World world)
    {
        var (organizationId, installer, administrator) = await OfficeAsync(host, world);
        var (customer, offer) = await AcceptedAsync(world, installer);
        var accepted = await AccountAsync(customer, "AWAITING_DISBURSEMENT");
        var current = await installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await administrator.PostAsync($"/loan-offers/{offer.Id}/disburse", World.Decision(current), HttpStatusCode.OK);
        return new(organizationId, offer.Id, customer, administrator, accepted, await AccountAsync(customer, "ACTIVE"));
    }

    /// <summary>An organisation that pays out before the withdrawal period ends.</summary>
    public static async Task<(Guid OrganizationId, HttpClient Installer, HttpClient Administrator)> OfficeAsync(
        HostFixture host,
        World world
    )
    {
        var organizationId = await world.CreateOrganizationAsync();
        await host.Administrator.ExpectAsync(
            "PATCH",
            $"/organizations/{organizationId}",
            new { allowPayoutBeforeWithdrawalEnds = true },
            HttpStatusCode.OK
        );
        return (organizationId, await world.CreateInstallerAsync(organizationId), await world.CreateAdministratorAsync(organizationId));
    }

    /// <summary>A customer who has accepted an offer.</summary>
    public static async Task<(HttpClient Customer, Answer Offer)> AcceptedAsync(World world, HttpClient installer)
    {
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
        var shown = await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", World.Acceptance(shown), HttpStatusCode.OK);
        return (customer, offer);
    }

    /// <summary>The customer's account, once it is in this state: the outbox delivers a moment later.</summary>
    public static async Task<JsonElement> AccountAsync(HttpClient customer, string status)
    {
        for (var attempt = 0; attempt < 1_800; attempt++)
        {
            var items = (await customer.GetAsync("/loan-accounts", HttpStatusCode.OK)).Json.GetProperty("items");
            if (items.GetArrayLength() > 0)
            {
                var account = await customer.GetAsync($"/loan-accounts/{items[0].GetProperty("id").GetGuid()}", HttpStatusCode.OK);
                if (account.Json.GetProperty("state").GetProperty("status").GetString() == status)
                {
                    return account.Json;
                }
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The account is not {status}.");
    }
}
