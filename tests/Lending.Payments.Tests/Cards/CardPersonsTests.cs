using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Cards;

/// <summary>What customers get a copy of, and what an erasure leaves.</summary>
public sealed class CardPersonsTests(PaymentsFixture fixture)
{
    private readonly CardSteps steps = new(fixture);

    [Fact]
    public async Task A_customer_s_copy_has_their_payments_and_an_erasure_leaves_what_was_paid()
    {
        var (paid, _) = await steps.PaidAsync(100);
        await steps.RefundAsync(paid, 10);
        var (unpaid, intent) = await steps.StartAsync();
        var customer = steps.Loan.Payable.CustomerId;
        var ct = TestContext.Current.CancellationToken;

        var copy = await steps.Host.InModuleAsync(
            steps.Organization,
            services => services.GetRequiredService<ICustomerRecords>().ReadAsync(customer, ct)
        );
        var kept = await steps.Host.InModuleAsync(
            steps.Organization,
            services => services.GetRequiredService<ICustomerErasure>().EraseAsync(customer, ct)
        );

        var payments = JsonSerializer.SerializeToElement(copy).GetProperty("CardPayments").EnumerateArray().ToList();
        payments.Select(payment => payment.GetProperty("Id").GetGuid()).ShouldBe([paid, unpaid], ignoreOrder: true);
        payments.Sum(payment => payment.GetProperty("Returns").GetArrayLength()).ShouldBe(1);
        kept.ShouldBe([new KeptRecord("CARD_PAYMENT", paid, "§ 257 HGB, § 147 AO", new DateOnly(2036, 12, 31))]);
        (await steps.StatusAsync(paid)).ShouldBe("PAID");
        (await steps.Staff.SendAsync("GET", $"{CardSteps.Path}/{unpaid}")).ShouldBeProblem(System.Net.HttpStatusCode.NotFound, "not-found");
        // The secret still works at Stripe: the money is told in the log, and nothing breaks.
        await steps.TellAsync(steps.Books.Pay(intent));
    }
}
