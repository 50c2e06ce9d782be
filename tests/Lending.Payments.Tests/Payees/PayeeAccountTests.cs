using System.Net;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Payments.Tests.Payouts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Payees;

public sealed class PayeeAccountTests(PaymentsFixture fixture)
{
    private const string Path = "/payee-accounts";

    private readonly Guid organization = Unique.Id();

    private PayoutSteps Steps => field ??= new PayoutSteps(fixture, organization);

    [Fact]
    public async Task An_account_is_recorded_by_one_person_and_verified_by_another()
    {
        var customer = Unique.Id();
        var recorded = await Steps.First.PostAsync(Path, PayoutSteps.Account(customer), HttpStatusCode.Created);

        (await Steps.First.SendAsync("POST", $"{Path}/{recorded.Id}/verification", new { method = "DOCUMENT" })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        var verified = await Steps.Second.PostAsync($"{Path}/{recorded.Id}/verification", new { method = "DOCUMENT" }, HttpStatusCode.OK);
        var read = await Steps.First.GetAsync($"{Path}/{recorded.Id}", HttpStatusCode.OK);

        recorded["status"].ShouldBe("UNVERIFIED");
        recorded["iban"].ShouldBe("DE89…3000");
        recorded["verifiedById"].ShouldBeNullOrEmpty();
        verified["status"].ShouldBe("VERIFIED");
        verified["method"].ShouldBe("DOCUMENT");
        read.Text.ShouldBe(verified.Text);
        (await Steps.Second.SendAsync("POST", $"{Path}/{recorded.Id}/verification", new { method = "DOCUMENT" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "payee-account-decided"
        );
        var listed = (await Steps.First.GetAsync($"{Path}?customerId={customer}", HttpStatusCode.OK)).Json.GetProperty("items");
        listed.EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(recorded.Id);
    }

    [Fact]
    public async Task An_account_is_a_customer_s_or_an_installer_s_or_open_to_all_installers()
    {
        var installer = Unique.Id();

        (await Steps.First.PostAsync(Path, PayoutSteps.Account(installerId: installer), HttpStatusCode.Created))["installerId"]
            .ShouldBe(installer.ToString());
        (await Steps.First.PostAsync(Path, PayoutSteps.Account(), HttpStatusCode.Created))["installerId"].ShouldBeNullOrEmpty();
        foreach (
            var body in (object[])[PayoutSteps.Account(Unique.Id(), installerId: installer), PayoutSteps.Account(installerId: Guid.Empty)]
        )
        {
            (await Steps.First.SendAsync("POST", Path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        }
    }

    [Fact]
    public async Task An_account_that_was_retired_is_not_verified_any_more()
    {
        var id = await Steps.UnverifiedAsync();

        (await Steps.First.PostAsync($"{Path}/{id}/retirement", null, HttpStatusCode.OK))["status"].ShouldBe("RETIRED");

        (await Steps.First.SendAsync("POST", $"{Path}/{id}/retirement")).ShouldBeProblem(HttpStatusCode.Conflict, "payee-account-retired");
        (await Steps.Second.SendAsync("POST", $"{Path}/{id}/verification", new { method = "DOCUMENT" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "payee-account-decided"
        );
    }

    [Fact]
    public async Task Of_a_verification_and_a_retirement_at_once_the_account_ends_retired_or_one_is_refused()
    {
        var id = await Steps.UnverifiedAsync();

        var answers = await Task.WhenAll(
            Steps.Second.SendAsync("POST", $"{Path}/{id}/verification", new { method = "DOCUMENT" }),
            Steps.First.SendAsync("POST", $"{Path}/{id}/retirement")
        );

        // One after the other they may both succeed; at once, the row's version lets one win.
        var status = (await Steps.First.GetAsync($"{Path}/{id}", HttpStatusCode.OK))["status"];
        status.ShouldBe(answers[1].Status == HttpStatusCode.OK ? "RETIRED" : "VERIFIED");
    }

    [Fact]
    public async Task A_customer_s_copy_has_the_account_and_an_erasure_leaves_only_what_was_paid_to()
    {
        var money = fixture.Loans.Confirmed(10);
        var (used, _) = (await Steps.PayeeAsync(money.CustomerId), await Steps.PayeeAsync(money.CustomerId));
        var cancelled = await Steps.RunAsync(used, money);
        await Steps.First.PostAsync($"/payout-runs/{cancelled.Id}/cancellation", null, HttpStatusCode.OK);
        await Steps.ReleaseAsync((await Steps.RunAsync(used, money)).Id);

        var copy = await fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<ICustomerRecords>().ReadAsync(money.CustomerId, TestContext.Current.CancellationToken)
        );
        var kept = await fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<ICustomerErasure>().EraseAsync(money.CustomerId, TestContext.Current.CancellationToken)
        );

        var text = System.Text.Json.JsonSerializer.Serialize(copy);
        text.ShouldContain(PaymentsFixture.CustomerIban);
        text.ShouldContain(money.LoanEventId.ToString());
        kept.ShouldBe([new KeptRecord("PAYEE_ACCOUNT", used, "§ 257 HGB, § 147 AO", new DateOnly(2036, 12, 31))]);
        (await Steps.First.GetAsync($"{Path}?customerId={money.CustomerId}", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("id")
            .GetGuid()
            .ShouldBe(used);
        (await Steps.StatusAsync(money)).ShouldBe("SENT");
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        await Steps.First.ShouldBeRefusedAsync("POST", Path);
        var id = await Steps.UnverifiedAsync();
        await Steps.Second.ShouldBeRefusedAsync("POST", $"{Path}/{id}/verification");
        (await Steps.First.SendAsync("POST", Path, PayoutSteps.Account(iban: "DE99370400440532013000"))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        var erased = Unique.Id();
        PaymentsFixture.FakeCustomers.Erased[erased] = true;
        (await Steps.First.SendAsync("POST", Path, PayoutSteps.Account(erased))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-customer"
        );
    }

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing()
    {
        var id = await Steps.PayeeAsync();
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        (await stranger.SendAsync("GET", $"{Path}/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"{Path}/{id}/retirement")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"{Path}/{id}/verification", new { method = "DOCUMENT" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await stranger.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
