using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>A loan that was offered, accepted and paid out, over all modules as they really are.</summary>
internal sealed record PaidOutLoan(Guid OfferId, HttpClient Customer, HttpClient Administrator, JsonElement Accepted, JsonElement Active)
{
    public Guid AccountId => Active.GetProperty("account").GetProperty("id").GetGuid();

    public static async Task<PaidOutLoan> CreateAsync(HostFixture host, World world)
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await host.Administrator.ExpectAsync(
            "PATCH",
            $"/organizations/{organizationId}",
            new { allowPayoutBeforeWithdrawalEnds = true },
            HttpStatusCode.OK
        );
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
        var shown = await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        var acceptance = new
        {
            typedName = shown["customer.fullName"],
            version = shown.Json.GetProperty("version").GetInt32(),
            documentHash = shown["documentHash"],
        };
        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", acceptance, HttpStatusCode.OK);
        var accepted = await AccountAsync(customer, "AWAITING_DISBURSEMENT");
        var current = await installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await administrator.PostAsync($"/loan-offers/{offer.Id}/disburse", World.Decision(current), HttpStatusCode.OK);
        return new(offer.Id, customer, administrator, accepted, await AccountAsync(customer, "ACTIVE"));
    }

    /// <summary>The customer's account, once it is in this state: the outbox delivers a moment later.</summary>
    public static async Task<JsonElement> AccountAsync(HttpClient customer, string status)
    {
        for (var attempt = 0; attempt < 100; attempt++)
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
