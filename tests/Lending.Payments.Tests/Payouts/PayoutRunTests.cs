using System.Net;
using Lending.Payments.Tests.Statements;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Payments.Tests.Payouts;

public sealed class PayoutRunTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private PayoutSteps Steps => field ??= new PayoutSteps(fixture, organization);

    [Fact]
    public async Task A_run_pays_what_was_confirmed_and_its_file_is_for_the_bank()
    {
        var (loan, credit) = (fixture.Loans.Confirmed(12_000), fixture.Loans.Confirmed(80.50m, isRefund: true));
        var (installer, customer) = (await Steps.PayeeAsync(), await Steps.PayeeAsync(credit.CustomerId));
        await PaymentsFixture.WithCreditorAsync(Steps.First);

        var run = await Steps.First.PostAsync(
            "/payout-runs",
            new
            {
                executeOn = PayoutSteps.Day,
                payouts = new[]
                {
                    new { loanEventId = loan.LoanEventId, payeeAccountId = installer },
                    new { loanEventId = credit.LoanEventId, payeeAccountId = customer },
                },
            },
            HttpStatusCode.Created
        );
        var released = await Steps.ReleaseAsync(run.Id);
        var file = await Steps.FileAsync(run.Id);
        var again = await Steps.FileAsync(run.Id);

        run["status"].ShouldBe("DRAFT");
        run["count"].ShouldBe("2");
        released["status"].ShouldBe("RELEASED");
        released.Json.GetProperty("total").GetDecimal().ShouldBe(12_080.50m);
        file.Name.NamespaceName.ShouldEndWith("pain.001.001.09");
        Texts(file, "MsgId").ShouldBe([run["messageId"]!]);
        Texts(file, "CtrlSum").ShouldBe(["12080.50", "12080.50"]);
        Texts(file, "InstdAmt").ShouldBe(["12000.00", "80.50"], ignoreOrder: true);
        Texts(file, "Nm").ShouldBe(["Sonnenkredit GmbH", "Sonnenkredit GmbH", "Solarbau Nord GmbH", "Solarbau Nord GmbH"]);
        Texts(file, "StrtNm").ShouldBe(["Hauptstrasse", "Werftstrasse", "Werftstrasse"]);
        Texts(file, "TwnNm").ShouldBe(["Berlin", "Kiel", "Kiel"]);
        Texts(file, "Ustrd").ShouldContain($"Auszahlung Kredit / payout of loan {loan.LoanAccountId}");
        again.ToString().ShouldBe(file.ToString());
        (await Steps.StatusAsync(loan)).ShouldBe("SENT");
        fixture.Loans.Settled.ShouldNotContain(loan.LoanEventId);
    }

    [Fact]
    public async Task Who_made_a_run_does_not_release_it_and_before_there_is_no_file()
    {
        var run = await Steps.RunAsync(await Steps.PayeeAsync(), fixture.Loans.Confirmed(10));

        (await Steps.First.SendAsync("POST", $"/payout-runs/{run.Id}/release")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        (await Steps.Second.SendAsync("GET", $"/payout-runs/{run.Id}/file")).ShouldBeProblem(HttpStatusCode.Conflict, "run-not-released");
        await Steps.ReleaseAsync(run.Id);
        (await Steps.Second.SendAsync("POST", $"/payout-runs/{run.Id}/release")).ShouldBeProblem(HttpStatusCode.Conflict, "run-not-draft");
        (await Steps.First.SendAsync("POST", $"/payout-runs/{run.Id}/cancellation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "run-not-draft"
        );
    }

    [Fact]
    public async Task A_payout_is_in_one_run_until_that_is_cancelled_or_the_bank_refuses_it()
    {
        var money = fixture.Loans.Confirmed(10);
        var payee = await Steps.PayeeAsync();
        var first = await Steps.RunAsync(payee, money);

        (await Steps.TryRunAsync(payee, money)).ShouldBeProblem(HttpStatusCode.Conflict, "payout-in-run");
        await Steps.First.PostAsync($"/payout-runs/{first.Id}/cancellation", null, HttpStatusCode.OK);
        var second = await Steps.RunAsync(payee, money);
        await Steps.ReleaseAsync(second.Id);
        (await Steps.TryRunAsync(payee, money)).ShouldBeProblem(HttpStatusCode.Conflict, "payout-in-run");
        await Steps.First.ImportAsync(
            BankXml.Report(second["messageId"]!, "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
        );
        await Steps.RunAsync(payee, money);

        (await Steps.PayoutsAsync(money))
            .Select(payout => payout.GetProperty("status").GetString())
            .ShouldBe(["CANCELLED", "REJECTED", "PLANNED"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_runs_that_are_made_at_once_for_one_payout_one_wins()
    {
        var money = fixture.Loans.Confirmed(10);
        var payee = await Steps.PayeeAsync();
        await PaymentsFixture.WithCreditorAsync(Steps.First);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Steps.TryPostRunAsync(payee, money)));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var refused in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "payout-in-run");
        }
        (await Steps.StatusAsync(money)).ShouldBe("PLANNED");
    }

    [Fact]
    public async Task Of_a_release_and_a_cancellation_at_once_one_wins()
    {
        var run = await Steps.RunAsync(await Steps.PayeeAsync(), fixture.Loans.Confirmed(10));

        var answers = await Task.WhenAll(
            Steps.Second.SendAsync("POST", $"/payout-runs/{run.Id}/release"),
            Steps.First.SendAsync("POST", $"/payout-runs/{run.Id}/cancellation")
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
    }

    [Theory]
    [InlineData("2026-06-12", "too-late-for-day")]
    [InlineData("2026-06-20", "closed-day")]
    [InlineData("2026-06-30", "too-early-for-day")]
    public async Task Days_on_which_the_bank_sends_nothing_are_refused(string day, string code) =>
        (await Steps.TryRunOnAsync(day, await Steps.PayeeAsync(), fixture.Loans.Confirmed(10))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            code
        );

    [Fact]
    public async Task Money_goes_to_accounts_that_are_the_payee_s_alone()
    {
        var (loan, credit) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20, isRefund: true));
        var (installer, stranger, unverified) = (
            await Steps.PayeeAsync(),
            await Steps.PayeeAsync(Unique.Id()),
            await Steps.UnverifiedAsync()
        );
        var borrower = await Steps.PayeeAsync(loan.CustomerId);

        (await Steps.TryRunAsync(unverified, loan)).ShouldBeProblem(HttpStatusCode.Conflict, "payee-not-verified");
        (await Steps.TryRunAsync(stranger, loan)).ShouldBeProblem(HttpStatusCode.Conflict, "other-payee");
        (await Steps.TryRunAsync(installer, credit)).ShouldBeProblem(HttpStatusCode.Conflict, "other-payee");
        (await Steps.TryRunAsync(Unique.Id(), loan)).ShouldBeProblem(HttpStatusCode.BadRequest, "no-such-payee-account");
        (await Steps.TryRunAsync(installer, fixture.Loans.Confirmed(10, currency: "CHF"))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "currency-not-euro"
        );
        await Steps.RunAsync(borrower, loan);
    }

    [Fact]
    public async Task A_loan_goes_to_the_account_of_the_installer_who_offered_it_and_of_no_other()
    {
        var (loan, second) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        var ofNobodyKnown = fixture.Loans.Confirmed(30) with { InstallerId = null };
        fixture.Loans.Outgoing[ofNobodyKnown.LoanEventId] = ofNobodyKnown;
        var own = await Steps.PayeeAsync(installerId: loan.InstallerId);
        var shared = await Steps.PayeeAsync();

        foreach (var other in (OutgoingMoney[])[second, ofNobodyKnown])
        {
            (await Steps.TryRunAsync(own, other)).ShouldBeProblem(HttpStatusCode.Conflict, "other-installer");
        }
        (await Steps.TryRunAsync(own, fixture.Loans.Confirmed(10, isRefund: true))).ShouldBeProblem(HttpStatusCode.Conflict, "other-payee");
        await Steps.RunAsync(own, loan);
        await Steps.RunAsync(shared, second, ofNobodyKnown);
    }

    [Fact]
    public async Task What_is_another_installer_s_loan_by_the_release_is_left_out()
    {
        var (kept, moved) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20));
        fixture.Loans.Outgoing[moved.LoanEventId] = moved with { InstallerId = kept.InstallerId };
        var run = await Steps.RunAsync(await Steps.PayeeAsync(installerId: kept.InstallerId), kept, moved);
        fixture.Loans.Outgoing[moved.LoanEventId] = moved;

        await Steps.ReleaseAsync(run.Id);

        (await Steps.StatusAsync(kept)).ShouldBe("SENT");
        (await Steps.StatusAsync(moved)).ShouldBe("CANCELLED");
    }

    [Fact]
    public async Task What_may_not_be_paid_any_more_is_left_out_at_the_release()
    {
        var (reversed, changed, kept) = (fixture.Loans.Confirmed(10), fixture.Loans.Confirmed(20), fixture.Loans.Confirmed(30));
        var payee = await Steps.PayeeAsync();
        var run = await Steps.RunAsync(payee, reversed, changed, kept);
        fixture.Loans.Outgoing.TryRemove(reversed.LoanEventId, out _);
        fixture.Loans.Outgoing[changed.LoanEventId] = changed with { Amount = 19 };

        var released = await Steps.ReleaseAsync(run.Id);

        released["count"].ShouldBe("1");
        released.Json.GetProperty("total").GetDecimal().ShouldBe(30);
        (await Steps.StatusAsync(reversed)).ShouldBe("CANCELLED");
        (await Steps.StatusAsync(changed)).ShouldBe("CANCELLED");
        (await Steps.StatusAsync(kept)).ShouldBe("SENT");
        (await Steps.TryRunAsync(payee, reversed)).ShouldBeProblem(HttpStatusCode.Conflict, "not-payable");
        await Steps.RunAsync(payee, changed);
    }

    [Fact]
    public async Task Nothing_goes_to_an_account_that_was_retired_since()
    {
        var payee = await Steps.PayeeAsync();
        var run = await Steps.RunAsync(payee, fixture.Loans.Confirmed(10));
        await Steps.First.PostAsync($"/payee-accounts/{payee}/retirement", null, HttpStatusCode.OK);

        (await Steps.Second.SendAsync("POST", $"/payout-runs/{run.Id}/release")).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-to-pay");
    }

    [Fact]
    public async Task Accounts_and_files_are_not_readable_in_the_database()
    {
        var run = await Steps.SentAsync(fixture.Loans.Confirmed(10));

        foreach (
            var column in (string[])
                [
                    $"encode(iban, 'escape') FROM payments.payee_accounts WHERE organization_id = '{organization}'",
                    $"encode(file, 'escape') FROM payments.payout_runs WHERE id = '{run.Id}'",
                ]
        )
        {
            await using var command = fixture.Host.Database.CreateCommand($"SELECT {column}");
            ((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldNotContain("DE89");
        }
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        await Steps.First.ShouldBeRefusedAsync("POST", "/payout-runs");
        var money = fixture.Loans.Confirmed(10);
        (await Steps.TryRunAsync(Unique.Id(), money, money)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await Steps.TryRunAsync(Unique.Id())).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing()
    {
        var run = (await Steps.SentAsync(fixture.Loans.Confirmed(10))).Id;
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        foreach (var path in (string[])[$"/payout-runs/{run}", $"/payout-runs/{run}/file"])
        {
            (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var step in (string[])["release", "cancellation"])
        {
            (await stranger.SendAsync("POST", $"/payout-runs/{run}/{step}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var path in (string[])["/payout-runs", "/payouts"])
        {
            (await stranger.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
            (await Steps.First.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        }
    }

    private static IEnumerable<string> Texts(System.Xml.Linq.XElement file, string name) =>
        file.Descendants(file.Name.Namespace + name).Select(element => element.Value);
}
