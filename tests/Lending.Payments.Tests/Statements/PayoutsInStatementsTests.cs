using Lending.Payments.Tests.Payouts;
using Lending.Testing;

namespace Lending.Payments.Tests.Statements;

/// <summary>What banks tell of payouts of ours: sent, refused, and back.</summary>
public sealed class PayoutsInStatementsTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private PayoutSteps Steps => field ??= new PayoutSteps(fixture, organization);

    [Fact]
    public async Task A_payout_that_the_bank_has_sent_is_settled_and_told_once_however_often_the_bank_tells_of_it()
    {
        var money = fixture.Loans.Confirmed(12_000);
        var run = await Steps.SentAsync(money);
        var id = await Steps.EndToEndIdAsync(money);
        var statement = BankXml.Statement(BankXml.Sent(id, 12_000));

        var first = await Steps.First.ImportAsync(statement);
        await Steps.First.ImportAsync(statement);
        await Steps.First.ImportAsync(BankXml.Notice(BankXml.Sent(id, 12_000)));
        await Steps.First.ImportAsync(BankXml.Report(run["messageId"]!, "<GrpSts>ACSC</GrpSts>"));

        first["booked"].ShouldBe("1");
        var payout = await Steps.PayoutAsync(money);
        payout.GetProperty("status").GetString().ShouldBe("SETTLED");
        payout.GetProperty("settledOn").GetString().ShouldBe("2026-06-16");
        TimesTold(money.LoanEventId).ShouldBe(1);
        (await Steps.First.WorkItemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_several_files_tell_at_once_settles_once()
    {
        var money = fixture.Loans.Confirmed(50);
        var run = await Steps.SentAsync(money);
        var id = await Steps.EndToEndIdAsync(money);

        await Task.WhenAll(
            Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(id, 50))),
            Steps.First.ImportAsync(BankXml.Notice(BankXml.Sent(id, 50))),
            Steps.First.ImportAsync(BankXml.Report(run["messageId"]!, "<GrpSts>ACSC</GrpSts>")),
            Steps.First.ImportAsync(BankXml.Report(run["messageId"]!, "<GrpSts>ACCC</GrpSts>"))
        );

        (await Steps.StatusAsync(money)).ShouldBe("SETTLED");
        TimesTold(money.LoanEventId).ShouldBe(1);
    }

    [Fact]
    public async Task All_payouts_of_a_part_that_was_booked_as_one_are_settled_and_another_sum_is_for_a_person()
    {
        var (first, second) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var run = await Steps.SentAsync(first, second);
        var part = (await Steps.FileAsync(run.Id)).Descendants().Single(element => element.Name.LocalName == "PmtInfId").Value;

        await Steps.First.ImportAsync(BankXml.Statement(Batch(29)));
        (await Steps.StatusAsync(first)).ShouldBe("SENT");
        await Steps.First.ImportAsync(BankXml.Statement(Batch(30)));

        (await Steps.StatusAsync(first)).ShouldBe("SETTLED");
        (await Steps.StatusAsync(second)).ShouldBe("SETTLED");
        (TimesTold(first.LoanEventId), TimesTold(second.LoanEventId)).ShouldBe((1, 1));
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("UNMATCHED_DEBIT");
        item.GetProperty("explanation").GetString().ShouldBe("amount-differs");

        string Batch(decimal amount) =>
            BankXml.Entry(
                amount,
                "DBIT",
                "2026-06-16",
                $"<NtryDtls><Btch><PmtInfId>{part}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
            );
    }

    [Fact]
    public async Task A_payout_that_the_bank_refuses_is_a_work_item_and_others_of_the_file_are_settled()
    {
        var (refused, sent) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var run = await Steps.SentAsync(refused, sent);
        var report = BankXml.Report(
            run["messageId"]!,
            "<GrpSts>PART</GrpSts>",
            $"""
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>{run["messageId"]}-0616</OrgnlPmtInfId>
            <TxInfAndSts><OrgnlEndToEndId>{await Steps.EndToEndIdAsync(refused)}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
            <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
            <TxInfAndSts><OrgnlEndToEndId>{await Steps.EndToEndIdAsync(
                sent
            )}</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>
            """
        );

        await Steps.First.ImportAsync(report);
        await Steps.First.ImportAsync(report);

        var payout = await Steps.PayoutAsync(refused);
        payout.GetProperty("status").GetString().ShouldBe("REJECTED");
        payout.GetProperty("reasonCode").GetString().ShouldBe("AC04");
        (await Steps.StatusAsync(sent)).ShouldBe("SETTLED");
        (TimesTold(refused.LoanEventId), TimesTold(sent.LoanEventId)).ShouldBe((0, 1));
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("PAYOUT_FAILED");
        item.GetProperty("explanation").GetString().ShouldBe("AC04");
        item.GetProperty("payoutId").GetGuid().ShouldBe(payout.GetProperty("id").GetGuid());
        item.GetProperty("loanAccountId").GetGuid().ShouldBe(refused.LoanAccountId);
    }

    [Fact]
    public async Task A_file_that_is_refused_as_a_whole_is_one_work_item()
    {
        var (first, second) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var run = await Steps.SentAsync(first, second);

        await Steps.First.ImportAsync(
            BankXml.Report(run["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
        );

        (await Steps.StatusAsync(first)).ShouldBe("REJECTED");
        (await Steps.StatusAsync(second)).ShouldBe("REJECTED");
        (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("FILE_REJECTED");
    }

    [Fact]
    public async Task A_file_that_is_refused_as_sent_already_is_a_work_item_and_its_payouts_are_under_way()
    {
        var (first, second) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var run = await Steps.SentAsync(first, second);

        await Steps.First.ImportAsync(
            BankXml.Report(run["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf>")
        );

        (await Steps.StatusAsync(first)).ShouldBe("SENT");
        (await Steps.StatusAsync(second)).ShouldBe("SENT");
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("FILE_REJECTED");
        item.GetProperty("explanation").GetString().ShouldBe("AM05");
    }

    [Fact]
    public async Task A_payout_that_was_refused_and_is_booked_all_the_same_is_for_a_person()
    {
        var money = fixture.Loans.Confirmed(10);
        var run = await Steps.SentAsync(money);
        await Steps.First.ImportAsync(
            BankXml.Report(run["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
        );

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(await Steps.EndToEndIdAsync(money), 10)));

        (await Steps.StatusAsync(money)).ShouldBe("REJECTED");
        TimesTold(money.LoanEventId).ShouldBe(0);
        var item = (await Steps.First.WorkItemsAsync()).Single(one => one.GetProperty("kind").GetString() == "UNMATCHED_DEBIT");
        item.GetProperty("explanation").GetString().ShouldBe("not-sent");
        item.GetProperty("suggestedLoanAccountIds")[0].GetGuid().ShouldBe(money.LoanAccountId);
    }

    [Fact]
    public async Task What_is_accepted_but_not_final_changes_nothing()
    {
        var money = fixture.Loans.Confirmed(10);
        var run = await Steps.SentAsync(money);

        await Steps.First.ImportAsync(BankXml.Report(run["messageId"]!, "<GrpSts>ACSP</GrpSts>"));

        (await Steps.StatusAsync(money)).ShouldBe("SENT");
        TimesTold(money.LoanEventId).ShouldBe(0);
    }

    [Fact]
    public async Task Money_that_came_back_is_a_work_item_and_another_run_may_send_it()
    {
        var money = fixture.Loans.Confirmed(100);
        await Steps.SentAsync(money);
        var id = await Steps.EndToEndIdAsync(money);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(id, 100)));

        // Less what a bank took for it.
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.SentBack(id, 98, "AC04")));
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.SentBack(id, 98, "AC04", day: "2026-06-19")));

        var payout = await Steps.PayoutAsync(money);
        payout.GetProperty("status").GetString().ShouldBe("RETURNED");
        payout.GetProperty("failedOn").GetString().ShouldBe("2026-06-18");
        TimesTold(money.LoanEventId).ShouldBe(1);
        (await Steps.First.WorkItemsAsync())
            .Select(item => (item.GetProperty("kind").GetString(), item.GetProperty("explanation").GetString()))
            .ShouldBe([("PAYOUT_FAILED", "AC04"), ("UNMATCHED_CREDIT", "returned-already")], ignoreOrder: true);
        await Steps.RunAsync(await Steps.PayeeAsync(), money);
    }

    [Fact]
    public async Task Another_amount_than_was_sent_is_for_a_person()
    {
        var money = fixture.Loans.Confirmed(100);
        await Steps.SentAsync(money);

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(await Steps.EndToEndIdAsync(money), 99)));

        (await Steps.StatusAsync(money)).ShouldBe("SENT");
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("explanation").GetString().ShouldBe("amount-differs");
        item.GetProperty("suggestedLoanAccountIds")[0].GetGuid().ShouldBe(money.LoanAccountId);
    }

    [Fact]
    public async Task A_transfer_of_a_payee_that_names_the_payout_brings_nothing_back_but_is_for_a_person()
    {
        var money = fixture.Loans.Confirmed(100);
        await Steps.SentAsync(money);
        var id = await Steps.EndToEndIdAsync(money);
        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Sent(id, 100)));

        await Steps.First.ImportAsync(BankXml.Statement(BankXml.Paid(id, 40)));

        (await Steps.StatusAsync(money)).ShouldBe("SETTLED");
        var item = (await Steps.First.WorkItemsAsync()).ShouldHaveSingleItem();
        item.GetProperty("kind").GetString().ShouldBe("UNMATCHED_CREDIT");
        item.GetProperty("explanation").GetString().ShouldBe("amount-differs");
        item.GetProperty("suggestedLoanAccountIds")[0].GetGuid().ShouldBe(money.LoanAccountId);
    }

    private int TimesTold(Guid loanEventId) => fixture.Loans.Settled.Count(told => told == loanEventId);
}
