using System.Net;
using Lending.Payments.Tests.Collections;
using Lending.Testing;

namespace Lending.Payments.Tests.Statements;

/// <summary>Statements that come in several pages, each of which counts its entries anew.</summary>
public sealed class StatementPagesTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private CollectionSteps Steps => field ??= new CollectionSteps(fixture, organization);

    [Fact]
    public async Task Entries_of_two_pages_are_all_booked_and_the_same_page_books_once()
    {
        var (first, second) = (fixture.Loans.Add(), fixture.Loans.Add());
        var id = Unique.Text();
        var pageOne = BankXml.PageOf(id, 1, BankXml.Transfer(10, await ReferenceAsync(first)));
        var pageTwo = BankXml.PageOf(id, 2, BankXml.Transfer(20, await ReferenceAsync(second)));

        (await Steps.First.ImportAsync(pageOne))["booked"].ShouldBe("1");
        (await Steps.First.ImportAsync(pageTwo))["booked"].ShouldBe("1");
        // As another file, so that the pages are told apart by what they say alone.
        await Steps.First.ImportAsync($"{pageOne} ");
        await Steps.First.ImportAsync($"{pageTwo} ");

        first.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(10);
        second.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(20);
        (await Steps.First.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_whose_entries_have_one_reference_of_the_bank_are_both_booked()
    {
        var loan = fixture.Loans.Add();
        var (id, reference) = (Unique.Text(), await ReferenceAsync(loan));

        await Steps.First.ImportAsync(BankXml.PageOf(id, 1, BankXml.Transfer(10, reference, bankReference: "BATCH-1")));
        await Steps.First.ImportAsync(BankXml.PageOf(id, 2, BankXml.Transfer(10, reference, bankReference: "BATCH-1")));

        loan.Payments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_says_something_else_than_before_is_refused()
    {
        var id = Unique.Text();
        await Steps.First.ImportAsync(BankXml.PageOf(id, 2, BankXml.Transfer(10, "Rate")));

        (
            await Steps.First.SendAsync("POST", "/bank-statements", new { content = BankXml.PageOf(id, 2, BankXml.Transfer(11, "Rate")) })
        ).ShouldBeProblem(HttpStatusCode.Conflict, "statement-differs");
    }

    private async Task<string> ReferenceAsync(FakeLoans.Loan loan) =>
        (await Steps.First.PostAsync("/payment-references", new { loanAccountId = loan.Id }, HttpStatusCode.OK))["reference"]!;
}
