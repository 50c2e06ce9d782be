using System.Net;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Contracts;

/// <summary>What neighbours ask of loan accounts, and record there: a loan of 1,000.00 in twelve instalments of 86.07, paid out on 1 January 2026.</summary>
public sealed class LoanPaymentsTests(ServicingFixture fixture)
{
    private const decimal Instalment = 86.07m;

    private static readonly DateOnly _firstDue = new(2026, 2, 1);

    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task An_account_is_told_to_its_organisation_alone()
    {
        var customer = Unique.Id();
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        (await AskAsync(loans => loans.FindAsync(id, Ct))).ShouldBe(new PayableLoan(id, customer, "EUR"));
        (await fixture.Host.InModuleAsync(Unique.Id(), services => Loans(services).FindAsync(id, Ct))).ShouldBeNull();
        (await fixture.Host.InModuleAsync(Unique.Id(), services => Loans(services).ListDueAsync([id], _firstDue, Ct))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_due_by_a_day_is_what_is_open_then_also_on_a_day_to_come()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var other = await fixture.DisbursedAccountAsync(organization);

        (await DueAsync(id, _firstDue.AddDays(-1))).ShouldBeEmpty();
        (await DueAsync(id, _firstDue)).ShouldBe([new DueInstalment(id, _firstDue, Instalment)]);
        (await DueAsync(id, new(2026, 8, 1)))
            .Select(due => due.DueOn)
            .ShouldBe(Enumerable.Range(0, 7).Select(month => _firstDue.AddMonths(month)));
        (await AskAsync(loans => loans.ListDueAsync([id, other], _firstDue, Ct))).Count.ShouldBe(2);

        (await RecordAsync(id, Unique.Id(), 80)).ShouldBeNull();
        (await DueAsync(id, _firstDue)).ShouldBe([new DueInstalment(id, _firstDue, 6.07m)]);
    }

    [Fact]
    public async Task A_payment_is_recorded_once_by_its_id_and_goes_with_the_caller_s_transaction()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Unique.Id();

        (await RecordAsync(id, payment, Instalment, commits: false)).ShouldBeNull();
        (await DueAsync(id, _firstDue)).ShouldHaveSingleItem("it was rolled back");
        (await RecordAsync(id, payment, Instalment)).ShouldBeNull();
        (await RecordAsync(id, payment, 86.070m)).ShouldBeNull();
        (await DueAsync(id, _firstDue)).ShouldBeEmpty();
        (await RecordAsync(id, payment, 1))!.Code.ShouldBe("event-id-taken");
        (await RecordAsync(Unique.Id(), Unique.Id(), 1))!.Code.ShouldBe("no-such-loan-account");
    }

    [Fact]
    public async Task What_a_bank_takes_back_is_owed_again_with_its_fee()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Unique.Id();
        await RecordAsync(id, payment, Instalment);
        var back = new PaymentReturn(Unique.Id(), payment, new(2026, 2, 3), Instalment, Unique.Id(), Fee: 3);

        (await InTransactionAsync(loans => loans.ReturnAsync(id, back, Ct))).ShouldBeNull();
        (await InTransactionAsync(loans => loans.ReturnAsync(id, back, Ct))).ShouldBeNull();

        (await DueAsync(id, back.On)).ShouldHaveSingleItem().DueOn.ShouldBe(_firstDue);
        (await DueAsync(id, _firstDue.AddMonths(1))).Sum(due => due.Amount).ShouldBe(2 * Instalment + 3);
        var account = await fixture
            .Host.ClientFor(Persons.Administrator(organization))
            .GetAsync($"/loan-accounts/{id}?asOf=2026-02-03", HttpStatusCode.OK);
        account.Json.GetProperty("state").GetProperty("fees").GetDecimal().ShouldBe(3);
        account.Json.GetProperty("state").GetProperty("principalOutstanding").GetDecimal().ShouldBe(1_000);
        (await InTransactionAsync(loans => loans.ReturnAsync(id, back with { Id = Unique.Id() }, Ct)))!.Code.ShouldBe(
            "return-exceeds-payment"
        );
    }

    [Fact]
    public async Task What_a_bank_took_back_and_gave_again_never_went_and_may_go_back_once_more()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Unique.Id();
        await RecordAsync(id, payment, Instalment);
        var back = new PaymentReturn(Unique.Id(), payment, new(2026, 2, 3), Instalment, Unique.Id(), Fee: 0);
        await InTransactionAsync(loans => loans.ReturnAsync(id, back, Ct));
        var reversal = Unique.Id();

        (await InTransactionAsync(loans => loans.ReverseReturnAsync(id, reversal, back.Id, Ct))).ShouldBeNull();
        (await InTransactionAsync(loans => loans.ReverseReturnAsync(id, reversal, back.Id, Ct))).ShouldBeNull("it is the same");

        (await DueAsync(id, back.On)).ShouldBeEmpty();
        (await InTransactionAsync(loans => loans.ReturnAsync(id, back with { Id = Unique.Id() }, Ct))).ShouldBeNull();
        (await DueAsync(id, back.On)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_loan_that_was_late_once_is_settled_by_its_debits()
    {
        var id = await ShortLoanAsync();
        // Due on 2 March.
        await PayAsync(id, new(2026, 3, 20), 405);
        await Staff.PostAsync(
            $"/loan-accounts/{id}/charges",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-21",
                amount = 7,
                kind = "ENFORCEMENT_COSTS",
            },
            HttpStatusCode.OK
        );

        (await DueAsync(id, new(2026, 3, 31))).ShouldBeEmpty("it waits for the next instalment");
        var april = (await DueAsync(id, new(2026, 4, 1))).ShouldHaveSingleItem();
        // 405.00 at 1.27 and five points for 18 days, and 7.00.
        april.ShouldBe(new DueInstalment(id, new(2026, 4, 1), 303, Beside: 8.25m));
        await PayAsync(id, april.DueOn, april.Total);
        var may = (await DueAsync(id, new(2026, 5, 4))).ShouldHaveSingleItem();
        may.ShouldBe(new DueInstalment(id, new(2026, 5, 4), 301.50m));
        await PayAsync(id, may.DueOn, may.Total);

        (await StatusAsync(id)).ShouldBe("SETTLED");
    }

    [Fact]
    public async Task What_is_left_beside_the_last_instalment_is_due_for_itself_on_a_day_that_stays()
    {
        var id = await ShortLoanAsync();
        await PayAsync(id, new(2026, 3, 2), 405);
        await PayAsync(id, new(2026, 4, 1), 303);
        await PayAsync(id, new(2026, 5, 20), 301.50m);
        (await StatusAsync(id)).ShouldBe("ACTIVE");

        var due = (await DueAsync(id, new(2026, 6, 1))).ShouldHaveSingleItem();
        due.ShouldBe(new DueInstalment(id, new(2026, 5, 21), 0, Beside: 0.83m));
        (await DueAsync(id, new(2026, 6, 30))).ShouldBe([due]);
        await PayAsync(id, new(2026, 6, 1), due.Total);

        (await StatusAsync(id)).ShouldBe("SETTLED");
        (await DueAsync(id, new(2026, 6, 30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_who_record_the_same_payment_at_once_record_one()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Unique.Id();

        var errors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecordAsync(id, payment, Instalment)));

        errors.ShouldAllBe(error => error == null);
        (await fixture.ScalarAsync($"SELECT count(*) FROM servicing.loan_events WHERE loan_account_id = '{id}'")).ShouldBe(2L);
    }

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    // 1,000.00 in three instalments, on working days.
    private async Task<Guid> ShortLoanAsync()
    {
        var offer = fixture.Accepted(
            Unique.Id(),
            new DateOnly(2026, 1, 1),
            change: offer =>
                offer with
                {
                    Instalments = [new(new(2026, 3, 2), 400, 5), new(new(2026, 4, 1), 300, 3), new(new(2026, 5, 4), 300, 1.5m)],
                }
        );
        var disbursed = new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization };
        await ServicingFixture.TellAsync(fixture.Host, disbursed, Unique.Id());
        return await fixture.AccountOfAsync(offer.OfferId);
    }

    private async Task PayAsync(Guid id, DateOnly on, decimal amount) =>
        (await InTransactionAsync(loans => loans.RecordAsync(id, Unique.Id(), on, amount, Ct))).ShouldBeNull();

    private async Task<string?> StatusAsync(Guid id) =>
        (await Staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state").GetProperty("status").GetString();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ILoanPayments Loans(IServiceProvider services) => services.GetRequiredService<ILoanPayments>();

    private Task<T> AskAsync<T>(Func<ILoanPayments, Task<T>> ask) =>
        fixture.Host.InModuleAsync(organization, services => ask(Loans(services)));

    private Task<IReadOnlyList<DueInstalment>> DueAsync(Guid id, DateOnly on) => AskAsync(loans => loans.ListDueAsync([id], on, Ct));

    private Task<Error?> RecordAsync(Guid id, Guid payment, decimal amount, bool commits = true) =>
        InTransactionAsync(loans => loans.RecordAsync(id, payment, _firstDue, amount, Ct), commits);

    private Task<Error?> InTransactionAsync(Func<ILoanPayments, Task<Error?>> record, bool commits = true) =>
        fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Ct);
                var error = await record(Loans(services));
                if (commits && error is null)
                {
                    await transaction.CommitAsync(Ct);
                }
                return error;
            }
        );
}
