using System.Globalization;
using System.Net;
using Lending.Payments.Data;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Cards;

/// <summary>Stripe that is slow, refuses, or whose answers are lost.</summary>
public sealed class StripeFailureTests(PaymentsFixture fixture)
{
    private const string Path = CardSteps.Path;

    private readonly CardSteps steps = new(fixture);

    [Theory]
    [InlineData(nameof(StripeFault.LoseAnswer))]
    [InlineData(nameof(StripeFault.TooManyRequests))]
    [InlineData(nameof(StripeFault.Hang))]
    public async Task Who_repeats_the_request_has_one_payment(string fault)
    {
        var amount = CardSteps.NewAmount();
        var request = steps.Request(amount, Unique.Id());
        fixture.Stripe.Fail(CardSteps.Cents(amount), Enum.Parse<StripeFault>(fault));

        (await steps.Customer.SendAsync("POST", Path, request)).ShouldBeProblem(
            HttpStatusCode.ServiceUnavailable,
            "card-provider-unavailable"
        );
        var again = await steps.Customer.PostAsync(Path, request, HttpStatusCode.Created);

        steps.Books.CountIntents(CardSteps.Cents(amount)).ShouldBe(1);
        steps.Books.CountIntents(Guid.Parse(again["payment.id"]!)).ShouldBe(1);
        again["payment.status"].ShouldBe("OPEN");
    }

    [Fact]
    public async Task An_error_of_Stripe_s_is_its_answer_for_a_day_and_a_new_request_goes_on()
    {
        var amount = CardSteps.NewAmount();
        var request = steps.Request(amount, Unique.Id());
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.ServerError);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            (await steps.Customer.SendAsync("POST", Path, request)).ShouldBeProblem(
                HttpStatusCode.ServiceUnavailable,
                "card-provider-unavailable"
            );
        }
        await steps.StartAsync(amount);

        steps.Books.CountIntents(CardSteps.Cents(amount)).ShouldBe(1);
    }

    [Fact]
    public async Task What_Stripe_refuses_is_told_with_its_code_alone()
    {
        var amount = CardSteps.NewAmount();
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.Declined);

        var refused = await steps.Customer.SendAsync("POST", Path, steps.Request(amount));

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "card-provider-refused");
        refused["detail"]!.ShouldContain("card_declined");
        refused.Text.ShouldNotContain("Erika");
    }

    [Fact]
    public async Task An_event_finds_the_payment_whose_answer_was_lost()
    {
        var amount = CardSteps.NewAmount();
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.LoseAnswer);
        await steps.Customer.SendAsync("POST", Path, steps.Request(amount));
        var row = (await steps.Staff.GetAsync($"{Path}?loanAccountId={steps.Loan.Id}", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        row.GetProperty("status").GetString().ShouldBe("REQUESTED");
        var id = row.GetProperty("id").GetGuid();
        var intent = steps.Books.FindByPayment(id);

        await steps.TellAsync(steps.Books.Pay(intent));

        (await steps.StatusAsync(id)).ShouldBe("PAID");
        steps.Loan.Payments.ShouldHaveSingleItem().Key.ShouldBe(id);
    }

    [Fact]
    public async Task No_transaction_is_open_while_Stripe_is_asked_and_after_a_day_a_lost_payment_is_given_up()
    {
        const string secretKey = "sk_test_alone_Wd5Yq1";
        await using var host = await fixture.StartAsync(secretKey);
        var own = new CardSteps(fixture, host);
        var seen = 0;
        var open = new List<string>();
        fixture.Stripe.WhileAskedWith[secretKey] = async () =>
        {
            await using var command = host.Database.CreateCommand(
                """
                SELECT query FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                """
            );
            await using var reader = await command.ExecuteReaderAsync();
            seen++;
            while (await reader.ReadAsync())
            {
                open.Add(reader.GetString(0));
            }
        };

        var (id, intent) = await own.PaidAsync(100);
        await own.RefundAsync(id, 10);
        await own.TellAsync(own.Books.RefundInDashboard(intent, 1000));

        open.ShouldBeEmpty();
        seen.ToString(CultureInfo.InvariantCulture).ShouldBe("11", "one to start, one to refund, and three each time that more is asked");
        fixture.Stripe.WhileAskedWith.TryRemove(secretKey, out _);

        var amount = CardSteps.NewAmount();
        var request = own.Request(amount, Unique.Id());
        var subject = Persons.Customer(own.Organization, own.Loan.Payable.CustomerId);
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.LoseAnswer);
        await host.ClientFor(subject).SendAsync("POST", Path, request);
        host.Clock.Advance(TimeSpan.FromHours(23.5));

        (await host.ClientFor(subject).SendAsync("POST", Path, request)).ShouldBeProblem(HttpStatusCode.Conflict, "card-payment-abandoned");
        (
            await host.InModuleAsync(
                own.Organization,
                services => services.GetRequiredService<PaymentsDbContext>().CardPayments.CountAsync()
            )
        ).ShouldBe(2);
    }
}
