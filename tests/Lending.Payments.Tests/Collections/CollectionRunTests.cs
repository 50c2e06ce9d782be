using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Payments.Tests.Collections;

public sealed class CollectionRunTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private CollectionSteps Steps => field ??= new CollectionSteps(fixture, organization);

    [Fact]
    public async Task A_run_collects_what_is_due_and_its_file_is_for_the_bank()
    {
        var first = await Steps.LoanAsync(86.07m);
        await Steps.LoanAsync(50, iban: "AT611904300234573201");
        fixture.Loans.Add().Owes("2026-06-15", 10); // no mandate
        var later = await Steps.LoanAsync(99, dueOn: "2026-06-17");

        var run = await Steps.RunAsync();
        var released = await Steps.ReleaseAsync(run.Id);
        var file = await Steps.FileAsync(run.Id);
        var again = await Steps.FileAsync(run.Id);

        run["count"].ShouldBe("2");
        run.Json.GetProperty("total").GetDecimal().ShouldBe(136.07m);
        run["status"].ShouldBe("DRAFT");
        released["status"].ShouldBe("RELEASED");
        Texts(file, "EndToEndId").Count().ShouldBe(2);
        Texts(file, "CtrlSum").ShouldBe(["136.07", "136.07"]);
        Texts(file, "SeqTp").ShouldBe(["FRST"]);
        Texts(file, "ReqdColltnDt").ShouldBe([CollectionSteps.Day]);
        Texts(file, "MsgId").ShouldBe([run["messageId"]!]);
        Texts(file, "IBAN").ShouldBe([PaymentsFixture.OwnIban, PaymentsFixture.CustomerIban, "AT611904300234573201"], ignoreOrder: true);
        again.ToString().ShouldBe(file.ToString());
        (await Steps.CollectionAsync(first.Id)).GetProperty("status").GetString().ShouldBe("SENT");
        (await Steps.CollectionsAsync(later.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_made_a_run_does_not_release_it_and_before_there_is_no_file()
    {
        await Steps.LoanAsync(10);
        var run = await Steps.RunAsync();

        (await Steps.First.SendAsync("POST", $"/collection-runs/{run.Id}/release")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        (await Steps.Second.SendAsync("GET", $"/collection-runs/{run.Id}/file")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "run-not-released"
        );
        await Steps.ReleaseAsync(run.Id);
        (await Steps.Second.SendAsync("POST", $"/collection-runs/{run.Id}/release")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "run-not-draft"
        );
        (await Steps.First.SendAsync("POST", $"/collection-runs/{run.Id}/cancellation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "run-not-draft"
        );
    }

    [Fact]
    public async Task An_instalment_is_collected_once_and_another_run_collects_it_only_after_the_first_was_cancelled()
    {
        var loan = await Steps.LoanAsync(10);
        var run = await Steps.RunAsync();

        (await Steps.TryRunAsync()).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-due");
        await Steps.First.PostAsync($"/collection-runs/{run.Id}/cancellation", null, HttpStatusCode.OK);
        await Steps.SentAsync("2026-06-17");
        (await Steps.TryRunAsync("2026-06-18")).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-due");

        (await Steps.CollectionsAsync(loan.Id))
            .Select(collection => collection.GetProperty("status").GetString())
            .ShouldBe(["CANCELLED", "SENT"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_runs_that_are_made_at_once_one_wins()
    {
        var loan = await Steps.LoanAsync(10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Steps.TryRunAsync()));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        (await Steps.CollectionAsync(loan.Id)).GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_release_and_a_cancellation_at_once_one_wins()
    {
        await Steps.LoanAsync(10);
        var run = await Steps.RunAsync();

        var answers = await Task.WhenAll(
            Steps.Second.SendAsync("POST", $"/collection-runs/{run.Id}/release"),
            Steps.First.SendAsync("POST", $"/collection-runs/{run.Id}/cancellation")
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
    }

    [Theory]
    [InlineData("2026-06-15", "too-late-for-day")]
    [InlineData("2026-06-20", "closed-day")]
    [InlineData("2026-06-30", "too-early-for-day")]
    public async Task Days_on_which_the_bank_collects_nothing_are_refused(string day, string code)
    {
        await Steps.LoanAsync(10);

        (await Steps.TryRunAsync(day)).ShouldBeProblem(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task A_mandate_that_was_revoked_since_is_not_used()
    {
        var (loan, other) = (fixture.Loans.Add().Owes("2026-06-15", 10), await Steps.LoanAsync(20));
        var mandate = await Steps.MandateAsync(loan);
        var run = await Steps.RunAsync();

        await Steps.First.PostAsync($"/mandates/{mandate}/revocation", null, HttpStatusCode.OK);
        var released = await Steps.ReleaseAsync(run.Id);

        released["count"].ShouldBe("1");
        released.Json.GetProperty("total").GetDecimal().ShouldBe(20);
        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("CANCELLED");
        (await Steps.CollectionAsync(other.Id)).GetProperty("status").GetString().ShouldBe("SENT");
    }

    [Fact]
    public async Task What_was_paid_since_is_not_collected()
    {
        var (paid, owed) = (await Steps.LoanAsync(10), await Steps.LoanAsync(20));
        var run = await Steps.RunAsync();

        paid.Due.Clear();
        var released = await Steps.ReleaseAsync(run.Id);

        released["count"].ShouldBe("1");
        (await Steps.CollectionAsync(paid.Id)).GetProperty("status").GetString().ShouldBe("CANCELLED");
        (await Steps.CollectionAsync(owed.Id)).GetProperty("status").GetString().ShouldBe("SENT");
    }

    [Fact]
    public async Task What_is_owed_beside_an_instalment_is_collected_with_it_and_is_no_reason_to_cancel_it()
    {
        var loan = await Steps.LoanAsync(10);
        loan.Due[0] = loan.Due[0] with { Beside = 1.25m };

        var run = await Steps.RunAsync();
        var released = await Steps.ReleaseAsync(run.Id);

        released.Json.GetProperty("total").GetDecimal().ShouldBe(11.25m);
        (await Steps.CollectionAsync(loan.Id)).GetProperty("status").GetString().ShouldBe("SENT");
        (await Steps.TryRunAsync("2026-06-17")).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-due");
    }

    [Fact]
    public async Task What_was_paid_of_it_between_draft_and_release_is_not_collected_and_the_rest_is()
    {
        var loan = await Steps.LoanAsync(10);
        loan.Due[0] = loan.Due[0] with { Beside = 1.25m };
        var run = await Steps.RunAsync();

        loan.Due[0] = loan.Due[0] with { Beside = 0 };
        var released = await Steps.ReleaseAsync(run.Id);

        released.Json.GetProperty("total").GetDecimal().ShouldBe(10);
        (await Steps.CollectionAsync(loan.Id)).GetProperty("amount").GetDecimal().ShouldBe(10);
    }

    [Fact]
    public async Task What_is_owed_beside_instalments_goes_with_one_debit_at_a_time()
    {
        var loan = await Steps.LoanAsync(10);
        loan.Due[0] = loan.Due[0] with { Beside = 1.25m };
        await Steps.ReleaseAsync((await Steps.RunAsync()).Id);
        loan.Owes("2026-06-16", 20);
        loan.Due[0] = loan.Due[0] with { Beside = 0 };
        loan.Due[1] = loan.Due[1] with { Beside = 1.25m };

        await Steps.RunAsync("2026-06-17");

        (await Steps.CollectionsAsync(loan.Id))
            .Select(collection => collection.GetProperty("amount").GetDecimal())
            .Order()
            .ShouldBe([11.25m, 20]);
    }

    [Fact]
    public async Task Nothing_is_collected_under_an_identifier_that_the_customer_has_not_signed()
    {
        await Steps.LoanAsync(10);
        var run = await Steps.RunAsync();
        var creditor = JsonSerializer.SerializeToNode(PaymentsFixture.Creditor)!;
        creditor["identifier"] = "NL53ZZZ091734220000";
        await Steps.First.ExpectAsync("PUT", "/sepa-creditor", creditor, HttpStatusCode.OK);

        (await Steps.Second.SendAsync("POST", $"/collection-runs/{run.Id}/release")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "nothing-due"
        );
    }

    [Fact]
    public async Task A_mandate_that_was_not_used_for_36_months_is_dead()
    {
        await PaymentsFixture.WithCreditorAsync(Steps.First);
        var (dead, alive) = (fixture.Loans.Add().Owes("2026-06-15", 10), fixture.Loans.Add().Owes("2026-06-15", 10));
        await Steps.First.PostAsync("/mandates", PaymentsFixture.Mandate(dead.Id, signedOn: "2023-06-15"), HttpStatusCode.Created);
        await Steps.First.PostAsync("/mandates", PaymentsFixture.Mandate(alive.Id, signedOn: "2023-06-16"), HttpStatusCode.Created);

        await Steps.RunAsync();

        (await Steps.CollectionsAsync(dead.Id)).ShouldBeEmpty();
        (await Steps.CollectionsAsync(alive.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_first_debit_of_a_mandate_is_the_first_and_all_others_recur()
    {
        var loan = await Steps.LoanAsync(10, dueOn: "2026-05-15");
        loan.Owes("2026-06-15", 20);

        var run = await Steps.SentAsync();

        var file = await Steps.FileAsync(run);
        Texts(file, "SeqTp").ShouldBe(["FRST", "RCUR"]);
        Texts(file, "InstdAmt").ShouldBe(["10.00", "20.00"]);
    }

    [Fact]
    public Task Bad_bodies_are_refused() => Steps.First.ShouldBeRefusedAsync("POST", "/collection-runs");

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing()
    {
        await Steps.LoanAsync(10);
        var run = await Steps.SentAsync();
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        foreach (var path in (string[])[$"/collection-runs/{run}", $"/collection-runs/{run}/file"])
        {
            (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var step in (string[])["release", "cancellation"])
        {
            (await stranger.SendAsync("POST", $"/collection-runs/{run}/{step}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var path in (string[])["/collection-runs", "/collections"])
        {
            (await stranger.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
            (await Steps.First.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        }
    }

    private static IEnumerable<string> Texts(System.Xml.Linq.XElement file, string name) =>
        file.Descendants(file.Name.Namespace + name).Select(element => element.Value);
}
