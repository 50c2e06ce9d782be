using System.Net;
using Lending.Payments.Tests.Collections;
using Lending.Testing;

namespace Lending.Payments.Tests.Statements;

/// <summary>What borrowers transfer by themselves, and what is nobody's: work items.</summary>
public sealed class TransfersInStatementsTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private CollectionSteps Steps => field ??= new CollectionSteps(fixture, organization);

    [Fact]
    public async Task A_transfer_with_the_reference_is_a_payment_of_its_loan_account()
    {
        var loan = fixture.Loans.Add();
        var reference = await ReferenceAsync(loan);

        var answer = await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(12.34m, $"Danke {reference}")));

        answer["booked"].ShouldBe("1");
        loan.Payments.ShouldHaveSingleItem().Value.ShouldBe((new DateOnly(2026, 6, 12), 12.34m));
    }

    [Fact]
    public async Task A_transfer_from_a_known_account_of_what_is_owed_is_a_payment_and_another_amount_is_a_suggestion()
    {
        var loan = await Steps.LoanAsync(86.07m, dueOn: "2026-07-01");

        await Steps.First.ImportAsync(
            BankXml.Statement(
                BankXml.Transfer(86.07m, "Rate", PaymentsFixture.CustomerIban),
                BankXml.Transfer(40, "Rate", PaymentsFixture.CustomerIban)
            )
        );

        loan.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(86.07m);
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("UNMATCHED_CREDIT");
        item.GetProperty("suggestedLoanAccountIds").EnumerateArray().Select(id => id.GetGuid()).ShouldBe([loan.Id]);
        item.GetProperty("bankLine").GetProperty("partyName").GetString().ShouldBe("Erika Muster");
        item.GetProperty("bankLine").GetProperty("partyIban").GetString().ShouldBe("DE89…3000");
    }

    [Theory]
    [InlineData(86.07)]
    [InlineData(87.32)]
    public async Task A_transfer_of_an_instalment_is_known_with_what_is_owed_beside_it_and_without(double amount)
    {
        var loan = await Steps.LoanAsync(86.07m, dueOn: "2026-07-01");
        loan.Due[0] = loan.Due[0] with { Beside = 1.25m };

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer((decimal)amount, "Rate", PaymentsFixture.CustomerIban)));

        loan.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe((decimal)amount);
    }

    [Fact]
    public async Task Of_two_loans_that_are_paid_from_one_account_nobody_guesses()
    {
        var (first, second) = (await Steps.LoanAsync(10), await Steps.LoanAsync(10));

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(10, "Rate", PaymentsFixture.CustomerIban)));

        first.Payments.Concat(second.Payments).ShouldBeEmpty();
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("explanation").GetString().ShouldBe("several-accounts");
        item.GetProperty("suggestedLoanAccountIds").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_work_item_is_assigned_once()
    {
        var loan = fixture.Loans.Add();
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(10, "Irgendwas")));
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        var path = $"/work-items/{item}";

        (await Steps.First.SendAsync("POST", $"{path}/assignment", new { loanAccountId = Unique.Id() })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
        var assigned = await Steps.First.PostAsync($"{path}/assignment", new { loanAccountId = loan.Id }, HttpStatusCode.OK);

        assigned["status"].ShouldBe("ASSIGNED");
        assigned["loanAccountId"].ShouldBe(loan.Id.ToString());
        loan.Payments.ShouldHaveSingleItem().Value.ShouldBe((new DateOnly(2026, 6, 12), 10));
        (await Steps.First.SendAsync("POST", $"{path}/assignment", new { loanAccountId = loan.Id })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "work-item-resolved"
        );
        (await Steps.First.SendAsync("POST", $"{path}/dismissal", new { reason = "why" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "work-item-resolved"
        );
    }

    [Fact]
    public async Task Of_an_assignment_and_a_dismissal_at_once_one_wins()
    {
        var loan = fixture.Loans.Add();
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(10, "Irgendwas")));
        var path = $"/work-items/{(await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("id").GetGuid()}";

        var answers = await Task.WhenAll(
            Steps.First.SendAsync("POST", $"{path}/assignment", new { loanAccountId = loan.Id }),
            Steps.Second.SendAsync("POST", $"{path}/dismissal", new { reason = "Our own money" })
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_payment_of_a_loan_is_dismissed_with_a_reason()
    {
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Entry(5, "DBIT", "2026-06-12", "")));
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        var path = $"/work-items/{item.GetProperty("id").GetGuid()}";

        item.GetProperty("kind").GetString().ShouldBe("UNMATCHED_DEBIT");
        (await Steps.First.SendAsync("POST", $"{path}/assignment", new { loanAccountId = fixture.Loans.Add().Id })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "not-a-credit"
        );
        (await Steps.First.SendAsync("POST", $"{path}/dismissal", new { reason = "" })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        var dismissed = await Steps.First.PostAsync($"{path}/dismissal", new { reason = "Fee of the account" }, HttpStatusCode.OK);

        dismissed["status"].ShouldBe("DISMISSED");
        dismissed["dismissalReason"].ShouldBe("Fee of the account");
        (await Steps.First.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_notice_told_before_is_not_booked_again_from_the_statement()
    {
        var loan = fixture.Loans.Add();
        var reference = await ReferenceAsync(loan);
        var entry = BankXml.Transfer(10, reference, bankReference: Unique.Text());

        await Steps.First.ImportAsync(BankXml.Notice(entry));
        var statement = await Steps.First.ImportAsync(BankXml.Statement(entry));

        statement["known"].ShouldBe("1");
        loan.Payments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_notice_without_a_reference_of_the_bank_is_for_a_person()
    {
        var loan = fixture.Loans.Add();

        await Steps.First.ImportAsync(BankXml.Notice(BankXml.Transfer(10, await ReferenceAsync(loan))));

        loan.Payments.ShouldBeEmpty();
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("explanation").GetString().ShouldBe("no-bank-reference");
        item.GetProperty("suggestedLoanAccountIds")[0].GetGuid().ShouldBe(loan.Id);
    }

    [Fact]
    public async Task The_same_line_in_another_file_is_booked_once_and_a_line_that_says_something_else_is_refused()
    {
        var loan = fixture.Loans.Add();
        var reference = await ReferenceAsync(loan);
        var id = Unique.Text();
        await Steps.First.ImportAsync(BankXml.StatementOf(id, BankXml.Transfer(10, reference)));

        await Steps.First.ImportAsync(BankXml.StatementOf(id, BankXml.Transfer(10, reference), BankXml.Transfer(20, reference)));
        var changed = await Steps.First.SendAsync(
            "POST",
            "/bank-statements",
            new { content = BankXml.StatementOf(id, BankXml.Transfer(11, reference)) }
        );

        loan.Payments.Values.Select(payment => payment.Amount).ShouldBe([10, 20], ignoreOrder: true);
        changed.ShouldBeProblem(HttpStatusCode.Conflict, "statement-differs");
    }

    [Fact]
    public async Task A_file_that_is_imported_by_several_at_once_is_booked_once()
    {
        var loan = fixture.Loans.Add();
        var reference = await ReferenceAsync(loan);
        var content = BankXml.Statement([.. Enumerable.Range(1, 20).Select(number => BankXml.Transfer(number, reference))]);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Steps.First.SendAsync("POST", "/bank-statements", new { content }))
        );
        await Steps.First.ImportAsync(content);

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.Conflict);
        loan.Payments.Count.ShouldBe(20);
        loan.Payments.Values.Sum(payment => payment.Amount).ShouldBe(210);
    }

    [Fact]
    public async Task What_the_other_side_wrote_is_stored_encrypted()
    {
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(10, "Sehr geheim", PaymentsFixture.CustomerIban)));

        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT row_to_json(l)::text FROM payments.bank_lines l WHERE organization_id = '{organization}'"
        );
        var row = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        row.ShouldNotContain("geheim");
        row.ShouldNotContain("Muster");
        row.ShouldNotContain(PaymentsFixture.CustomerIban);
    }

    [Theory]
    [InlineData("no xml", "unreadable-bank-file")]
    [InlineData("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>", "unreadable-bank-file")]
    [InlineData("", "validation-failed")]
    public async Task Other_files_are_refused(string content, string code) =>
        (await Steps.First.SendAsync("POST", "/bank-statements", new { content })).ShouldBeProblem(HttpStatusCode.BadRequest, code);

    [Fact]
    public Task Bad_bodies_are_refused() => Steps.First.ShouldBeRefusedAsync("POST", "/bank-statements");

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing()
    {
        var loan = fixture.Loans.Add();
        var reference = await ReferenceAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Transfer(10, "Irgendwas")));
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        // Our reference in a stranger's statement is no match there.
        await stranger.ImportAsync(BankXml.Statement(BankXml.Transfer(10, reference)));

        loan.Payments.ShouldBeEmpty();
        (await stranger.SendAsync("POST", $"/work-items/{item}/assignment", new { loanAccountId = loan.Id })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await stranger.SendAsync("POST", $"/work-items/{item}/dismissal", new { reason = "why" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await Steps.First.GetAsync("/bank-statements", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private async Task<string> ReferenceAsync(FakeLoans.Loan loan) =>
        (await Steps.First.PostAsync("/payment-references", new { loanAccountId = loan.Id }, HttpStatusCode.OK))["reference"]!;
}
