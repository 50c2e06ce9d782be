using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>Payments by card on the books as they really are; only Stripe is made up.</summary>
public sealed class CardJourneyTests
{
    private const string WebhookSecret = "whsec_journey_Zp5Rk2";

    [Fact]
    public async Task What_a_customer_pays_by_card_is_in_the_books_and_what_goes_back_is_not()
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Cards:Stripe:ApiKey"] = "sk_test_journey_9fVq",
                ["Cards:Stripe:WebhookSecret"] = WebhookSecret,
                ["Cards:Stripe:Url"] = stripe.Url,
            },
        };
        await host.InitializeAsync();
        var loan = await PaidOutLoan.CreateAsync(host, new World(host));
        var body = new
        {
            requestId = Unique.Id(),
            loanAccountId = loan.AccountId,
            amount = 12.34,
            currency = "EUR",
        };
        var started = await loan.Customer.PostAsync("/card-payments", body, HttpStatusCode.Created);
        var (id, intent) = (started["payment.id"], started["payment.providerId"]!);

        await TellAsync(stripe.Books.Pay(intent));
        (await CreditAsync()).ShouldBe(12.34m, "nothing is due yet");
        var refund = new { requestId = Unique.Id(), amount = 2.34 };
        await loan.Administrator.PostAsync($"/card-payments/{id}/refunds", refund, HttpStatusCode.OK);
        (await CreditAsync()).ShouldBe(10m);
        var (dispute, disputed) = stripe.Books.Dispute(intent, "fraudulent");
        await TellAsync(disputed);
        await TellAsync(disputed);
        (await CreditAsync()).ShouldBe(0m);
        await TellAsync(stripe.Books.Close(dispute, "won"));
        (await CreditAsync()).ShouldBe(10m);
        await TellAsync(stripe.Books.FailRefund(intent));
        (await CreditAsync()).ShouldBe(12.34m, "what was given back did not arrive");
        await loan.Administrator.PostAsync(
            $"/card-payments/{id}/refunds",
            new { requestId = Unique.Id(), amount = 12.34 },
            HttpStatusCode.OK
        );
        (await CreditAsync()).ShouldBe(0m);

        var read = await loan.Customer.GetAsync($"/card-payments/{id}", HttpStatusCode.OK);
        read["isBooked"].ShouldBe("True");
        read.Json.GetProperty("returns")
            .EnumerateArray()
            .Select(back => back.GetProperty("status").GetString())
            .ShouldBe(["REINSTATED", "REINSTATED", "WITHDRAWN"], ignoreOrder: true);
        (await loan.Administrator.GetAsync("/work-items?status=OPEN", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetProperty("kind").GetString())
            .ShouldBe(["CARD_DISPUTE"]);

        async Task TellAsync(string content)
        {
            var signature = FakeStripe.Sign(content, WebhookSecret, TimeProvider.System.GetUtcNow());
            var answer = await FakeStripe.SendEventAsync(host.Anonymous, content, signature);
            answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        }

        async Task<decimal> CreditAsync() =>
            (await PaidOutLoan.AccountAsync(loan.Customer, "ACTIVE")).GetProperty("state").GetProperty("credit").GetDecimal();
    }
}
