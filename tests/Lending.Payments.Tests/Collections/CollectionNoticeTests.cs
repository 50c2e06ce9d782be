using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Payments.Tests.Collections;

/// <summary>What customers are told before something is collected from them.</summary>
public sealed class CollectionNoticeTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private CollectionSteps Steps => field ??= new CollectionSteps(fixture, organization);

    [Theory]
    [InlineData("en", null, "1,286.07 EUR", "16 June 2026")]
    [InlineData("de", null, "1.286,07 EUR", "16. Juni 2026")]
    [InlineData("en", "de", "1.286,07 EUR", "16. Juni 2026")]
    public async Task Who_pays_is_told_amount_day_account_mandate_and_creditor(string language, string? chosen, string amount, string day)
    {
        fixture.Senders.Languages[organization] = language;
        var loan = await Steps.LoanAsync(1_286.07m);
        if (chosen is not null)
        {
            PaymentsFixture.FakeCustomers.Languages[loan.Payable.CustomerId] = chosen;
        }
        var run = await Steps.RunAsync();
        Notices(loan).ShouldBeEmpty("nothing is collected before the release");

        await Steps.ReleaseAsync(run.Id);

        var notice = Notices(loan).ShouldHaveSingleItem();
        notice.CustomerId.ShouldBe(loan.Payable.CustomerId);
        var mandates = await Steps.First.GetAsync($"/mandates?loanAccountId={loan.Id}", HttpStatusCode.OK);
        notice.Values.ShouldBe(
            new Dictionary<string, string>
            {
                ["name"] = "Greta Sommer",
                ["amount"] = amount,
                ["day"] = day,
                ["account"] = "DE89…3000",
                ["mandate"] = mandates.Json.GetProperty("items")[0].GetProperty("reference").GetString()!,
                ["creditor"] = "DE98ZZZ09999999999",
            },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Each_debit_is_told_of_once_and_what_is_not_collected_is_not_told()
    {
        var (loan, paid) = (await Steps.LoanAsync(10, dueOn: "2026-05-15"), await Steps.LoanAsync(20));
        loan.Owes("2026-06-15", 30);
        var run = await Steps.RunAsync();
        paid.Due.Clear();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Steps.Second.SendAsync("POST", $"/collection-runs/{run.Id}/release"))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        Notices(loan).Select(notice => notice.Values["amount"]).ShouldBe(["10.00 EUR", "30.00 EUR"], ignoreOrder: true);
        Notices(paid).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_was_erased_is_not_written_to_and_the_debit_stays()
    {
        var customerId = Unique.Id();
        var loan = fixture.Loans.Add(customerId).Owes("2026-06-15", 10);
        await Steps.MandateAsync(loan);
        PaymentsFixture.FakeCustomers.Erased[customerId] = true;

        await Steps.SentAsync();

        fixture.Host.Messages.To(PaymentsFixture.EmailOf(customerId)).ShouldBeEmpty();
        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("SENT");
    }

    [Fact]
    public async Task A_run_leaves_the_days_that_were_agreed_between_the_notice_and_the_debit()
    {
        var loan = await Steps.LoanAsync(10);
        await Steps.First.ExpectAsync("PUT", "/sepa-creditor", Creditor(noticeDays: 5), HttpStatusCode.OK);

        (await Steps.TryRunAsync("2026-06-19")).ShouldBeProblem(HttpStatusCode.Conflict, "too-late-for-notice");
        await Steps.SentAsync("2026-06-22");
        (await Steps.First.SendAsync("PUT", "/sepa-creditor", Creditor(noticeDays: 15))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        var unsaid = await Steps.First.SendAsync("PUT", "/sepa-creditor", Creditor(noticeDays: null));

        unsaid["noticeDays"].ShouldBe("14");
        Notices(loan).ShouldHaveSingleItem();
    }

    private IReadOnlyList<Message> Notices(FakeLoans.Loan loan) =>
        [
            .. fixture
                .Host.Messages.To(PaymentsFixture.EmailOf(loan.Payable.CustomerId))
                .Where(message => message.Kind == MessageKind.DirectDebitNotice),
        ];

    private static object Creditor(int? noticeDays) =>
        new
        {
            name = "Sonnenkredit GmbH",
            identifier = "DE98ZZZ09999999999",
            iban = PaymentsFixture.OwnIban,
            town = "Berlin",
            country = "DE",
            noticeDays,
        };
}
