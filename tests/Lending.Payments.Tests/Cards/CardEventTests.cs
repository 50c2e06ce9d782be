using System.Net;
using System.Text.Json.Nodes;
using Lending.Kernel;
using Lending.Testing;

namespace Lending.Payments.Tests.Cards;

/// <summary>What Stripe tells, in whatever order and however often.</summary>
public sealed class CardEventTests(PaymentsFixture fixture)
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    private readonly CardSteps steps = new(fixture);

    [Fact]
    public async Task Money_that_came_is_booked_once_however_often_it_is_told()
    {
        var (id, intent) = await steps.StartAsync(250.5m);
        var paid = steps.Books.Pay(intent);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => steps.TellAsync(paid)));
        await steps.TellAsync(steps.Books.EventAbout(intent, "charge.updated"));

        var read = await steps.ReadAsync(id);
        read.GetProperty("status").GetString().ShouldBe("PAID");
        read.GetProperty("paidOn").GetString().ShouldBe("2026-06-15");
        read.GetProperty("isBooked").GetBoolean().ShouldBeTrue();
        steps.Loan.Payments.ShouldHaveSingleItem().ShouldBe(new(id, (Today, 250.5m)));
    }

    [Fact]
    public async Task The_order_of_events_does_not_matter()
    {
        var (id, intent) = await steps.StartAsync();
        var created = steps.Books.EventAbout(intent, "payment_intent.created");
        var declined = steps.Books.Decline(intent, "insufficient_funds");
        await steps.TellAsync(declined);
        (await steps.ReadAsync(id)).GetProperty("failureCode").GetString().ShouldBe("insufficient_funds");
        var paid = steps.Books.Pay(intent);
        var (dispute, disputed) = steps.Books.Dispute(intent, "fraudulent");
        var won = steps.Books.Close(dispute, "won");

        foreach (var told in (string[])[won, disputed, paid, declined, created])
        {
            await steps.TellAsync(told);
        }

        var read = await steps.ReadAsync(id);
        read.GetProperty("status").GetString().ShouldBe("PAID");
        read.GetProperty("failureCode").GetString().ShouldBeNull();
        read.GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("REINSTATED");
        steps.Loan.Payments.Count.ShouldBe(1);
        steps.Loan.Reversed.ShouldHaveSingleItem().Value.ShouldBe(steps.Loan.Returns.ShouldHaveSingleItem().Key);
        steps.Loan.Returns.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_is_believed_with_the_signature_of_either_secret_and_of_five_minutes()
    {
        var (id, intent) = await steps.StartAsync();
        var paid = steps.Books.Pay(intent);
        var now = steps.Host.Clock.GetUtcNow();
        var right = FakeStripe.Sign(paid, PaymentsFixture.WebhookSecret, now);
        var changed = paid.Replace("payment_intent.succeeded", "payment_intent.canceled", StringComparison.Ordinal);

        foreach (
            var (content, signature) in ((string, string?)[])
                [
                    (paid, null),
                    (paid, ""),
                    (paid, "nonsense"),
                    (paid, "t=,v1="),
                    (changed, right),
                    (paid, FakeStripe.Sign(paid, "whsec_wrong", now)),
                    (paid, FakeStripe.Sign(paid, PaymentsFixture.WebhookSecret, now.AddSeconds(-320))),
                    ("{}", null),
                ]
        )
        {
            (await steps.SendAsync(content, signature)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-signature");
        }
        (await steps.StatusAsync(id)).ShouldBe("OPEN");
        steps.Loan.Payments.ShouldBeEmpty();

        (await steps.TryTellAsync(paid, PaymentsFixture.PreviousWebhookSecret)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await steps.StatusAsync(id)).ShouldBe("PAID");
        // While Stripe itself changes the secret, it signs with both.
        var both = $"{FakeStripe.Sign(paid, "whsec_other", now)},{right[(right.IndexOf(',', StringComparison.Ordinal) + 1)..]}";
        (await steps.SendAsync(paid, both)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await steps.TryTellAsync(paid, ago: TimeSpan.FromSeconds(280))).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_is_not_ours_is_taken_and_changes_nothing()
    {
        var (id, _) = await steps.StartAsync();
        var nameless = steps.Books.AddForeignIntent();
        var unknown = steps.Books.AddForeignIntent(
            ("card_payment_id", Unique.Id().ToString()),
            ("organization_id", steps.Organization.ToString())
        );
        var impostor = steps.Books.AddForeignIntent(("card_payment_id", id.ToString()), ("organization_id", steps.Organization.ToString()));
        var stranger = steps.Books.AddForeignIntent(("card_payment_id", id.ToString()), ("organization_id", Unique.Id().ToString()));

        foreach (var intent in (string[])[nameless, unknown, impostor, stranger])
        {
            await steps.TellAsync(steps.Books.Pay(intent));
        }
        await steps.TellAsync(StripeBooks.EventOf("customer.created", new JsonObject { ["id"] = "cus_1", ["object"] = "customer" }));
        await steps.TellAsync(StripeBooks.EventOf("thing.invented", new JsonObject { ["id"] = "th_1", ["object"] = "thing" }));

        (await steps.StatusAsync(id)).ShouldBe("OPEN");
        steps.Loan.Payments.ShouldBeEmpty();
        (await steps.Staff.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bodies_that_are_no_events_are_refused()
    {
        (await steps.SendAsync(new string('x', 300 * 1024), "t=1,v1=2")).ShouldBeProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "body-too-large"
        );
        (await steps.SendAsync("", "t=1,v1=2")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_the_loan_account_refuses_is_a_work_item_once_and_is_booked_when_it_can_be()
    {
        var (id, intent) = await steps.StartAsync();
        steps.Loan.Refusal = Error.Conflict("not-disbursed", "Nothing was paid out on that day yet.");
        var paid = steps.Books.Pay(intent);

        await steps.TellAsync(paid);
        await steps.TellAsync(paid);

        var item = (await steps.Staff.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("BOOKING_REFUSED");
        item.GetProperty("explanation").GetString().ShouldBe("not-disbursed");
        item.GetProperty("cardPaymentId").GetGuid().ShouldBe(id);
        (await steps.ReadAsync(id)).GetProperty("bookingRefusal").GetString().ShouldBe("not-disbursed");
        await steps.Staff.PostAsync(
            $"/work-items/{item.GetProperty("id").GetGuid()}/dismissal",
            new { reason = "Done" },
            HttpStatusCode.OK
        );

        steps.Loan.Refusal = null;
        await steps.TellAsync(paid);

        steps.Loan.Payments.ShouldHaveSingleItem().Key.ShouldBe(id);
        (await steps.ReadAsync(id)).GetProperty("isBooked").GetBoolean().ShouldBeTrue();
        (await steps.Staff.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_dies_while_it_books_loses_and_doubles_nothing()
    {
        var (id, intent) = await steps.StartAsync();
        var paid = steps.Books.Pay(intent);
        steps.Loan.IsBroken = true;

        (await steps.TryTellAsync(paid)).ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
        (await steps.StatusAsync(id)).ShouldBe("OPEN", "nothing is left of it");
        steps.Loan.IsBroken = false;
        await steps.TellAsync(paid);

        (await steps.StatusAsync(id)).ShouldBe("PAID");
        steps.Loan.Payments.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(StripeFault.ServerError), HttpStatusCode.ServiceUnavailable, "card-provider-unavailable")]
    [InlineData(nameof(StripeFault.TooManyRequests), HttpStatusCode.ServiceUnavailable, "card-provider-unavailable")]
    [InlineData(nameof(StripeFault.Hang), HttpStatusCode.ServiceUnavailable, "card-provider-unavailable")]
    [InlineData(nameof(StripeFault.Nonsense), HttpStatusCode.BadGateway, "card-provider-failed")]
    public async Task While_Stripe_does_not_tell_more_the_event_is_not_taken(string fault, HttpStatusCode status, string code)
    {
        var (id, intent) = await steps.StartAsync();
        var paid = steps.Books.Pay(intent);
        fixture.Stripe.Fail(intent, Enum.Parse<StripeFault>(fault));

        (await steps.TryTellAsync(paid)).ShouldBeProblem(status, code);
        await steps.TellAsync(paid);

        (await steps.StatusAsync(id)).ShouldBe("PAID");
    }

    [Fact]
    public async Task A_cancelled_payment_and_one_under_way_are_told()
    {
        var (id, intent) = await steps.StartAsync();

        await steps.TellAsync(steps.Books.SetStatus(intent, "processing"));
        (await steps.StatusAsync(id)).ShouldBe("PROCESSING");
        await steps.TellAsync(steps.Books.SetStatus(intent, "canceled"));
        (await steps.StatusAsync(id)).ShouldBe("CANCELLED");
    }

    [Fact]
    public async Task A_dispute_takes_the_money_back_without_a_fee_and_won_it_never_went()
    {
        var (id, intent) = await steps.PaidAsync(80);
        var (dispute, disputed) = steps.Books.Dispute(intent, "product_not_received");

        await steps.TellAsync(disputed);
        await steps.TellAsync(disputed);

        var back = steps.Loan.Returns.ShouldHaveSingleItem().Value;
        (back.PaymentId, back.On, back.Amount, back.Fee).ShouldBe((id, Today, 80m, 0m));
        var item = (await steps.Staff.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("CARD_DISPUTE");
        item.GetProperty("explanation").GetString().ShouldBe("product_not_received");
        item.GetProperty("loanAccountId").GetGuid().ShouldBe(steps.Loan.Id);
        (await steps.ReadAsync(id)).GetProperty("refundedAmount").GetDecimal().ShouldBe(0);

        var won = steps.Books.Close(dispute, "won");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => steps.TellAsync(won)));

        steps.Loan.Payments.Count.ShouldBe(1);
        steps.Loan.Reversed.ShouldHaveSingleItem().Value.ShouldBe(back.Id);
        (await steps.ReadAsync(id)).GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("REINSTATED");
        (await steps.Staff.WorkItemsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_dispute_stays_returned_and_a_mere_inquiry_takes_nothing()
    {
        var (lostId, lostIntent) = await steps.PaidAsync(80);
        var (askedId, askedIntent) = await steps.PaidAsync(90);
        var (lost, disputed) = steps.Books.Dispute(lostIntent, "fraudulent");
        var (asked, inquired) = steps.Books.Dispute(askedIntent, "general", isInquiry: true);

        foreach (var told in (string[])[disputed, steps.Books.Close(lost, "lost"), inquired, steps.Books.Close(asked, "warning_closed")])
        {
            await steps.TellAsync(told);
        }

        steps.Loan.Returns.ShouldHaveSingleItem().Value.PaymentId.ShouldBe(lostId);
        (await steps.ReadAsync(lostId)).GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("WITHDRAWN");
        (await steps.ReadAsync(askedId)).GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("VOID");
        (await steps.Staff.WorkItemsAsync()).Count.ShouldBe(2, "somebody has to answer both");
    }
}
