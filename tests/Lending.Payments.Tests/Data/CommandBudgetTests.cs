using Lending.Payments.Tests.Cards;
using Lending.Payments.Tests.Collections;
using Lending.Payments.Tests.Payouts;
using Lending.Payments.Tests.Statements;
using Lending.Testing;

namespace Lending.Payments.Tests.Data;

/// <summary>How often each slice asks the database: reads once; a line of a statement is locked, matched and written.</summary>
public sealed class CommandBudgetTests(PaymentsFixture fixture)
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        await using var host = await fixture.StartAsync();
        var organization = Unique.Id();
        var steps = new CollectionSteps(fixture, organization, host);
        // Two of each, so that a command for each row is noticed.
        await steps.LoanAsync(10);
        await steps.LoanAsync(20);
        var other = await steps.LoanAsync(30, dueOn: "2026-06-17");
        var cancelled = await steps.RunAsync();
        await steps.First.SendAsync("POST", $"/collection-runs/{cancelled.Id}/cancellation");
        var released = await steps.RunAsync();
        await steps.First.SendAsync("POST", "/bank-statements", Statement(1));
        await steps.First.SendAsync("POST", "/bank-statements", Statement(2));
        var items = await steps.First.WorkItemsAsync();
        var mandate = await steps.MandateAsync(fixture.Loans.Add());
        var run = Guid.Empty;
        var payouts = new PayoutSteps(fixture, organization, host);
        var payee = await payouts.PayeeAsync();
        var (unverified, retired) = (await payouts.UnverifiedAsync(), await payouts.UnverifiedAsync());
        var sent = await payouts.RunAsync(payee, fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var withdrawn = await payouts.RunAsync(payee, fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var cards = new CardSteps(fixture, host);
        var paid = await cards.PaidAsync();
        await cards.PaidAsync();
        var (_, intent) = await cards.StartAsync();
        var told = cards.Books.Pay(intent);

        await host.ShouldKeepAsync(
            new("PutCreditor", 3, () => steps.First.SendAsync("PUT", "/sepa-creditor", PaymentsFixture.Creditor)),
            new("GetCreditor", 1, () => steps.First.SendAsync("GET", "/sepa-creditor")),
            new("GivePaymentReference", 3, () => steps.First.SendAsync("POST", "/payment-references", new { loanAccountId = other.Id })),
            new("CreateMandate", 3, () => steps.First.SendAsync("POST", "/mandates", PaymentsFixture.Mandate(fixture.Loans.Add().Id))),
            new("GetMandate", 1, () => steps.First.SendAsync("GET", $"/mandates/{mandate}")),
            new("ListMandates", 1, () => steps.First.SendAsync("GET", "/mandates")),
            new("RevokeMandate", 3, () => steps.First.SendAsync("POST", $"/mandates/{mandate}/revocation")),
            // The run, the account, debits, mandates; what changes goes in one batch.
            new("ReleaseCollectionRun", 6, () => steps.Second.SendAsync("POST", $"/collection-runs/{released.Id}/release")),
            // The account, mandates and debits; what is new goes in one batch.
            new("CreateCollectionRun", 5, async () => await CreateAsync()),
            new("ListCollectionRuns", 1, () => steps.First.SendAsync("GET", "/collection-runs")),
            new("GetCollectionRun", 1, () => steps.First.SendAsync("GET", $"/collection-runs/{run}")),
            new("GetCollectionFile", 1, () => steps.Second.SendAsync("GET", $"/collection-runs/{released.Id}/file")),
            new("ListCollections", 1, () => steps.First.SendAsync("GET", "/collections")),
            new("CancelCollectionRun", 4, () => steps.First.SendAsync("POST", $"/collection-runs/{run}/cancellation")),
            new("CreatePayeeAccount", 2, () => payouts.First.SendAsync("POST", "/payee-accounts", PayoutSteps.Account())),
            new(
                "VerifyPayeeAccount",
                3,
                () => payouts.Second.SendAsync("POST", $"/payee-accounts/{unverified}/verification", new { method = "DOCUMENT" })
            ),
            new("RetirePayeeAccount", 3, () => payouts.First.SendAsync("POST", $"/payee-accounts/{retired}/retirement")),
            new("GetPayeeAccount", 1, () => payouts.First.SendAsync("GET", $"/payee-accounts/{payee}")),
            new("ListPayeeAccounts", 1, () => payouts.First.SendAsync("GET", "/payee-accounts")),
            // Whether there is an account, payees; what is new goes in one batch. What Servicing does is its own.
            new("CreatePayoutRun", 4, () => payouts.TryPostRunAsync(payee, fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20))),
            // The run, the account, payouts, payees; what changes goes in one batch.
            new("ReleasePayoutRun", 5, () => payouts.Second.SendAsync("POST", $"/payout-runs/{sent.Id}/release")),
            new("CancelPayoutRun", 4, () => payouts.First.SendAsync("POST", $"/payout-runs/{withdrawn.Id}/cancellation")),
            new("GetPayoutRun", 1, () => payouts.First.SendAsync("GET", $"/payout-runs/{sent.Id}")),
            new("ListPayoutRuns", 1, () => payouts.First.SendAsync("GET", "/payout-runs")),
            new("GetPayoutFile", 1, () => payouts.Second.SendAsync("GET", $"/payout-runs/{sent.Id}/file")),
            new("ListPayouts", 1, () => payouts.First.SendAsync("GET", "/payouts")),
            // The file and what is known of it, twice; for the line its lock, itself, and who may have failed with this amount; all that is written.
            new("ImportBankStatement", 10, () => steps.First.SendAsync("POST", "/bank-statements", Statement(3))),
            new("ListBankStatements", 1, () => steps.First.SendAsync("GET", "/bank-statements")),
            new("ListWorkItems", 2, () => steps.First.SendAsync("GET", "/work-items")),
            new(
                "AssignWorkItem",
                3,
                () =>
                    steps.First.SendAsync(
                        "POST",
                        $"/work-items/{items[0].GetProperty("id").GetGuid()}/assignment",
                        new { loanAccountId = other.Id }
                    )
            ),
            new(
                "DismissWorkItem",
                4,
                () =>
                    steps.First.SendAsync("POST", $"/work-items/{items[1].GetProperty("id").GetGuid()}/dismissal", new { reason = "Ours" })
            ),
            // Whether the request is known, the row; then its lock, itself, and what Stripe calls it.
            new("CreateCardPayment", 6, () => cards.Customer.SendAsync("POST", "/card-payments", cards.Request(100))),
            new("GetCardPayment", 1, () => cards.Customer.SendAsync("GET", $"/card-payments/{paid.Id}")),
            new("ListCardPayments", 1, () => cards.Staff.SendAsync("GET", "/card-payments")),
            // The lock, the payment, and what changes; once more when Stripe has done it.
            new("RefundCardPayment", 6, () => cards.RefundAsync(paid.Id, 10)),
            new("ReceiveStripeEvent", 3, () => cards.TryTellAsync(told))
        );

        async Task<Answer> CreateAsync()
        {
            var answer = await steps.TryRunAsync("2026-06-17");
            run = answer.Id;
            return answer;
        }
    }

    private static object Statement(int amount) => new { content = BankXml.Statement(BankXml.Transfer(amount, "Irgendwas")) };
}
