using System.Net;
using System.Text;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Payments.Data;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Mandates;

public sealed class MandateTests(PaymentsFixture fixture)
{
    private const string Path = "/mandates";

    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task A_mandate_is_recorded_with_its_account_masked()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var loan = fixture.Loans.Add();

        var created = await Staff.PostAsync(Path, PaymentsFixture.Mandate(loan.Id), HttpStatusCode.Created);
        var read = await Staff.GetAsync($"{Path}/{created.Id}", HttpStatusCode.OK);
        var list = await Staff.GetAsync($"{Path}?loanAccountId={loan.Id}&includeTotal=true", HttpStatusCode.OK);

        created["iban"].ShouldBe("DE89…3000");
        created["status"].ShouldBe("ACTIVE");
        created["creditorIdentifier"].ShouldBe("DE98ZZZ09999999999");
        created["customerId"].ShouldBe(loan.Payable.CustomerId.ToString());
        created["usableUntil"].ShouldBe("2029-05-01", "36 months after it was signed");
        created["reference"]!.ShouldStartWith("MD");
        read.Text.ShouldBe(created.Text);
        list.Json.GetProperty("total").GetInt32().ShouldBe(1);
        list.Text.ShouldNotContain(PaymentsFixture.CustomerIban);
    }

    [Fact]
    public async Task The_account_is_stored_encrypted()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var created = await Staff.PostAsync(Path, PaymentsFixture.Mandate(fixture.Loans.Add().Id), HttpStatusCode.Created);

        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT iban, row_to_json(m)::text FROM payments.mandates m WHERE id = '{created.Id}'"
        );
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);

        Encoding.ASCII.GetString(reader.GetFieldValue<byte[]>(0)).ShouldNotContain("370400440532013000");
        reader.GetString(1).ShouldNotContain("370400440532013000");
    }

    [Fact]
    public async Task A_loan_account_has_one_mandate_in_use_and_a_reference_is_given_once()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var (loan, other) = (fixture.Loans.Add(), fixture.Loans.Add());
        var reference = Unique.Text();
        var first = await Staff.PostAsync(Path, PaymentsFixture.Mandate(loan.Id, reference: reference), HttpStatusCode.Created);

        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id))).ShouldBeProblem(HttpStatusCode.Conflict, "has-mandate");
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(other.Id, reference: reference))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "mandate-reference-taken"
        );
        var revoked = await Staff.PostAsync($"{Path}/{first.Id}/revocation", null, HttpStatusCode.OK);
        (await Staff.SendAsync("POST", $"{Path}/{first.Id}/revocation")).ShouldBeProblem(HttpStatusCode.Conflict, "mandate-revoked");
        await Staff.PostAsync(Path, PaymentsFixture.Mandate(loan.Id), HttpStatusCode.Created);

        revoked["status"].ShouldBe("REVOKED");
        revoked["revokedAt"].ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Of_two_who_record_a_mandate_at_once_one_wins()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var loan = fixture.Loans.Add();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id)))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "has-mandate");
        }
    }

    [Fact]
    public async Task What_cannot_be_collected_is_refused()
    {
        var loan = fixture.Loans.Add();
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id))).ShouldBeProblem(HttpStatusCode.Conflict, "no-creditor");
        await PaymentsFixture.WithCreditorAsync(Staff);

        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(Unique.Id()))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
        var erased = fixture.Loans.Add();
        PaymentsFixture.FakeCustomers.Erased[erased.Payable.CustomerId] = true;
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(erased.Id))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
        (await Staff.SendAsync("POST", "/payment-references", new { loanAccountId = erased.Id })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(fixture.Loans.Add(currency: "CHF").Id))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "currency-not-euro"
        );
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id, signedOn: "2026-06-16"))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "in-future"
        );
        (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id, iban: "DE99370400440532013000"))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        foreach (var reference in (string[])["ä", "/M", "M/", "M//1"])
        {
            (await Staff.SendAsync("POST", Path, PaymentsFixture.Mandate(loan.Id, reference: reference))).ShouldBeProblem(
                HttpStatusCode.BadRequest,
                "validation-failed"
            );
        }
    }

    [Fact]
    public Task Bad_bodies_are_refused() => Staff.ShouldBeRefusedAsync("POST", Path);

    [Fact]
    public async Task Another_organisation_and_customers_see_and_change_nothing()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var loan = fixture.Loans.Add();
        var created = await Staff.PostAsync(Path, PaymentsFixture.Mandate(loan.Id), HttpStatusCode.Created);
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        (await stranger.SendAsync("GET", $"{Path}/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"{Path}/{created.Id}/revocation")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await fixture.Host.ClientFor(Persons.Customer(organization, loan.Payable.CustomerId)).SendAsync("GET", Path)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    [Fact]
    public async Task A_reference_for_transfers_is_made_once_for_an_account()
    {
        var loan = fixture.Loans.Add();
        var body = new { loanAccountId = loan.Id };

        var first = await Staff.PostAsync("/payment-references", body, HttpStatusCode.OK);
        var second = await Staff.PostAsync("/payment-references", body, HttpStatusCode.OK);

        first["reference"].ShouldBe(second["reference"]);
        Sepa.CreditorReference.IsValid(first["reference"]).ShouldBeTrue();
        (await Staff.SendAsync("POST", "/payment-references", new { loanAccountId = Unique.Id() })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
    }

    [Fact]
    public async Task A_customer_s_copy_has_the_account_and_an_erasure_leaves_only_what_was_used()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);
        var customer = Unique.Id();
        var used = await Staff.PostAsync(Path, PaymentsFixture.Mandate(fixture.Loans.Add(customer).Id), HttpStatusCode.Created);
        await Staff.PostAsync(Path, PaymentsFixture.Mandate(fixture.Loans.Add(customer).Id), HttpStatusCode.Created);
        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                var db = services.GetRequiredService<PaymentsDbContext>();
                (await db.Mandates.SingleAsync(mandate => mandate.Id == used.Id)).Use(new DateOnly(2026, 6, 1));
                return await db.SaveChangesAsync();
            }
        );

        var copy = await fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<ICustomerRecords>().ReadAsync(customer, TestContext.Current.CancellationToken)
        );
        var kept = await fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<ICustomerErasure>().EraseAsync(customer, TestContext.Current.CancellationToken)
        );

        System.Text.Json.JsonSerializer.Serialize(copy).ShouldContain(PaymentsFixture.CustomerIban);
        kept.ShouldBe([new KeptRecord("MANDATE", used.Id, "§ 257 HGB, § 147 AO", new DateOnly(2036, 12, 31))]);
        (await Staff.GetAsync($"{Path}?includeTotal=true", HttpStatusCode.OK)).Json.GetProperty("total").GetInt32().ShouldBe(1);
    }
}
