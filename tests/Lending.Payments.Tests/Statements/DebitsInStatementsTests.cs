using System.Net;
using System.Text.Json;
using Lending.Payments.Tests.Collections;
using Lending.Testing;

namespace Lending.Payments.Tests.Statements;

/// <summary>What banks tell of debits of ours: paid, rejected, and back.</summary>
public sealed class DebitsInStatementsTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private CollectionSteps Steps => field ??= new CollectionSteps(fixture, organization);

    [Fact]
    public async Task A_debit_that_was_paid_is_a_payment_of_its_day_however_often_the_bank_tells_of_it()
    {
        var loan = await Steps.LoanAsync(86.07m);
        var debit = await SentDebitAsync(loan);
        var statement = BankXml.Statement(BankXml.Paid(EndToEndId(debit), 86.07m));

        var first = await Steps.First.ImportAsync(statement);
        var second = await Steps.First.ImportAsync(statement);
        await Steps.First.ImportAsync(BankXml.Notice(BankXml.Paid(EndToEndId(debit), 86.07m)));

        first["booked"].ShouldBe("1");
        second.Text.ShouldBe(first.Text);
        loan.Payments.ShouldHaveSingleItem().ShouldBe(new(debit.GetProperty("id").GetGuid(), (new(2026, 6, 16), 86.07m)));
        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("PAID");
        (await Steps.First.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_debits_of_a_part_that_was_booked_as_one_are_paid()
    {
        var (first, second) = (await Steps.LoanAsync(10), await Steps.LoanAsync(20));
        var run = await Steps.SentAsync();
        var part = (await Steps.FileAsync(run)).Descendants().Single(element => element.Name.LocalName == "PmtInfId").Value;

        await Steps.First.ImportAsync(
            BankXml.Statement(
                BankXml.Entry(
                    30,
                    "CRDT",
                    "2026-06-16",
                    $"<NtryDtls><Btch><PmtInfId>{part}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
                )
            )
        );

        first.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(10);
        second.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(20);
    }

    [Fact]
    public async Task What_an_import_that_broke_off_has_left_is_booked_with_the_next_file()
    {
        var (first, second) = (await Steps.LoanAsync(10), await Steps.LoanAsync(20));
        await Steps.SentAsync();
        var debits = (await Steps.CollectionAsync(first.Id), await Steps.CollectionAsync(second.Id));
        var statement = BankXml.Statement(BankXml.Paid(EndToEndId(debits.Item1), 10), BankXml.Paid(EndToEndId(debits.Item2), 20));

        second.IsBroken = true;
        (await Steps.First.SendAsync("POST", "/bank-statements", new { content = statement })).Status.ShouldBe(
            HttpStatusCode.InternalServerError
        );
        second.IsBroken = false;
        // The bank gives the same statement in another file.
        await Steps.First.ImportAsync($"{statement} ");

        first.Payments.ShouldHaveSingleItem();
        second.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(20);
    }

    [Fact]
    public async Task A_part_is_paid_although_one_of_its_debits_came_back_before()
    {
        var (first, second) = (await Steps.LoanAsync(10), await Steps.LoanAsync(20));
        var run = await Steps.SentAsync();
        var part = (await Steps.FileAsync(run)).Descendants().Single(element => element.Name.LocalName == "PmtInfId").Value;
        await Steps.First.ImportAsync(BankXml.Notice(BankXml.Returned(EndToEndId(await Steps.CollectionAsync(first.Id)), 10, "AC04")));

        await Steps.First.ImportAsync(
            BankXml.Statement(
                BankXml.Entry(
                    30,
                    "CRDT",
                    "2026-06-16",
                    $"<NtryDtls><Btch><PmtInfId>{part}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
                )
            )
        );

        second.Payments.ShouldHaveSingleItem().Value.Amount.ShouldBe(20);
    }

    [Fact]
    public async Task A_new_mandate_collects_what_the_old_one_could_not()
    {
        var loan = await Steps.LoanAsync(10);
        var debit = await SentDebitAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Paid(EndToEndId(debit), 10)));
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(debit), 10, "AC04")));
        (await Steps.TryRunAsync("2026-06-17")).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-due");

        await Steps.MandateAsync(loan, "AT611904300234573201");
        await Steps.SentAsync("2026-06-17");

        (await Steps.CollectionsAsync(loan.Id))
            .Select(collection => collection.GetProperty("status").GetString())
            .ShouldBe(["RETURNED", "SENT"]);
    }

    [Theory]
    [InlineData("AC01", "NEW_ACCOUNT_NEEDED", "SUSPENDED", 3)]
    [InlineData("AC04", "NEW_ACCOUNT_NEEDED", "SUSPENDED", 3)]
    [InlineData("AC06", "NEW_ACCOUNT_NEEDED", "SUSPENDED", 3)]
    [InlineData("AG01", "NEW_ACCOUNT_NEEDED", "SUSPENDED", 3)]
    [InlineData("AM04", null, "ACTIVE", 3)]
    [InlineData("MS03", null, "ACTIVE", 3)]
    [InlineData("MD01", "LEGAL_CASE", "SUSPENDED", 0)]
    [InlineData("MD06", "FAILED_DEBIT", "SUSPENDED", 3)]
    [InlineData("MS02", "FAILED_DEBIT", "SUSPENDED", 3)]
    [InlineData("MD07", "FAILED_DEBIT", "SUSPENDED", 0)]
    public async Task What_comes_back_follows_the_bank_s_reason(string reason, string? item, string mandate, int fee)
    {
        var loan = await Steps.LoanAsync(350);
        var debit = await SentDebitAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Paid(EndToEndId(debit), 350)));

        var back = BankXml.Statement(BankXml.Returned(EndToEndId(debit), 350, reason, fee: 3));
        await Steps.First.ImportAsync(back);
        await Steps.First.ImportAsync(back);

        var returned = loan.Returns.Values.ShouldHaveSingleItem();
        returned.PaymentId.ShouldBe(debit.GetProperty("id").GetGuid());
        returned.Amount.ShouldBe(350);
        returned.Fee.ShouldBe(fee);
        returned.On.ShouldBe(new DateOnly(2026, 6, 18));
        (await Steps.MandateStatusAsync(loan.Id)).ShouldBe(mandate);
        (await Steps.First.WorkItemsAsync()).Select(found => found.GetProperty("kind").GetString()).ShouldBe(item is null ? [] : [item]);
        var collection = await Steps.CollectionAsync(loan.Id);
        collection.GetProperty("status").GetString().ShouldBe("RETURNED");
        collection.GetProperty("reasonCode").GetString().ShouldBe(reason);
        collection.GetProperty("mayRetry").GetBoolean().ShouldBe(item is null);
    }

    [Fact]
    public async Task Without_money_it_is_tried_once_more_and_then_a_person_decides()
    {
        var loan = await Steps.LoanAsync(10);
        var debit = await SentDebitAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(debit), 10, "AM04")));

        await Steps.SentAsync("2026-06-22");
        var attempts = await Steps.CollectionsAsync(loan.Id);
        attempts.Select(attempt => attempt.GetProperty("attempt").GetInt32()).ShouldBe([1, 2]);
        attempts[1].GetProperty("sequence").GetString().ShouldBe("RECURRING");
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(attempts[1]), 10, "AM04", day: "2026-06-24")));

        (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("FAILED_DEBIT");
        (await Steps.TryRunAsync("2026-06-26")).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-due");
        loan.Payments.Count.ShouldBe(2);
        loan.Returns.Count.ShouldBe(2, "the money came and went, whether or not the bank told that it came");
    }

    [Theory]
    [InlineData("2026-08-11", "MD06", "FAILED_DEBIT")] // eight weeks
    [InlineData("2026-09-01", "MD06", "LEGAL_CASE")] // later, only who gave no mandate gets it back
    [InlineData("2027-07-16", "MD01", "LEGAL_CASE")] // thirteen months
    [InlineData("2027-07-19", "MD01", "FAILED_DEBIT")]
    public async Task The_debt_revives_however_late_the_money_goes_back(string day, string reason, string item)
    {
        var loan = await Steps.LoanAsync(10);
        var debit = await SentDebitAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Paid(EndToEndId(debit), 10)));

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(debit), 10, reason, day: day)));

        loan.Returns.ShouldHaveSingleItem();
        (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe(item);
        (await Steps.MandateStatusAsync(loan.Id)).ShouldBe("SUSPENDED");
    }

    [Fact]
    public async Task A_second_return_of_the_same_debit_is_for_a_person()
    {
        var loan = await Steps.LoanAsync(10);
        var debit = await SentDebitAsync(loan);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(debit), 10, "AM04")));

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Returned(EndToEndId(debit), 10, "AM04", day: "2026-06-19")));

        loan.Returns.ShouldHaveSingleItem();
        (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("explanation").GetString().ShouldBe("returned-already");
    }

    [Fact]
    public async Task A_debit_that_the_bank_does_not_carry_out_moves_no_money()
    {
        var loan = await Steps.LoanAsync(10);
        var other = await Steps.LoanAsync(20);
        var run = await Steps.RunAsync();
        await Steps.ReleaseAsync(run.Id);
        var debit = await Steps.CollectionAsync(loan.Id);

        await Steps.First.ImportAsync(
            BankXml.Report(
                run["messageId"]!,
                "",
                $"""
                <OrgnlPmtInfAndSts><OrgnlPmtInfId>{await PartIdAsync(run.Id)}</OrgnlPmtInfId>
                <TxInfAndSts><OrgnlEndToEndId>{EndToEndId(debit)}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
                <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
                """
            )
        );

        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("REJECTED");
        (await Steps.CollectionAsync(other.Id)).GetProperty("status").GetString().ShouldBe("SENT");
        (await Steps.MandateStatusAsync(loan.Id)).ShouldBe("SUSPENDED");
        loan.Payments.ShouldBeEmpty();
        loan.Returns.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_the_bank_refuses_is_collected_by_another_run()
    {
        var loan = await Steps.LoanAsync(10);
        var run = await Steps.RunAsync();
        await Steps.ReleaseAsync(run.Id);

        await Steps.First.ImportAsync(
            BankXml.Report(run["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
        );

        (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("FILE_REJECTED");
        (await Steps.MandateStatusAsync(loan.Id)).ShouldBe("ACTIVE");
        (await Steps.Second.SendAsync("GET", $"/collection-runs/{run.Id}/file")).ShouldBeProblem(HttpStatusCode.Conflict, "run-failed");
        await Steps.SentAsync("2026-06-17");
        (await Steps.CollectionsAsync(loan.Id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_recorded_at_the_loan_is_for_a_person()
    {
        var loan = await Steps.LoanAsync(10);
        var debit = await SentDebitAsync(loan);
        loan.Refusal = Kernel.Error.Conflict("not-disbursed", "Nothing was paid out on that day yet.");

        var answer = await Steps.First.ImportAsync(BankXml.Statement(BankXml.Paid(EndToEndId(debit), 10)));

        answer["open"].ShouldBe("1");
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("BOOKING_REFUSED");
        item.GetProperty("explanation").GetString().ShouldBe("not-disbursed");
        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("SENT");
    }

    private async Task<JsonElement> SentDebitAsync(FakeLoans.Loan loan)
    {
        await Steps.SentAsync();
        return await Steps.CollectionAsync(loan.Id);
    }

    private async Task<string> PartIdAsync(Guid run) =>
        (await Steps.FileAsync(run)).Descendants().First(element => element.Name.LocalName == "PmtInfId").Value;

    private static string EndToEndId(JsonElement debit) => debit.GetProperty("endToEndId").GetString()!;
}
