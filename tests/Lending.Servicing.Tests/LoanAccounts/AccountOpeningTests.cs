using System.Net;
using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.LoanAccounts;

public sealed class AccountOpeningTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task An_accepted_offer_opens_one_account_however_often_it_is_told()
    {
        var offer = fixture.Accepted(Unique.Id());
        var accepted = new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization };
        var message = Unique.Id();

        await ServicingFixture.TellAsync(fixture.Host, accepted, message);
        await ServicingFixture.TellAsync(fixture.Host, accepted, message);

        var staff = fixture.Host.ClientFor(Persons.Installer(organization));
        var list = await staff.GetAsync("/loan-accounts?includeTotal=true", HttpStatusCode.OK);
        list.Json.GetProperty("total").GetInt32().ShouldBe(1);
        var account = await staff.GetAsync(
            $"/loan-accounts/{list.Json.GetProperty("items")[0].GetProperty("id").GetGuid()}",
            HttpStatusCode.OK
        );
        var state = account.Json.GetProperty("state");
        state.GetProperty("status").GetString().ShouldBe("AWAITING_DISBURSEMENT");
        state.GetProperty("schedule").GetArrayLength().ShouldBe(12);
        account.Json.GetProperty("account").GetProperty("regulatoryRegime").GetString().ShouldBe("CCD1");
    }

    [Fact]
    public async Task A_payout_is_posted_once_and_even_where_it_is_told_before_the_acceptance()
    {
        var offer = fixture.Accepted(Unique.Id(), new DateOnly(2026, 1, 1));
        var disbursed = new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization };
        var message = Unique.Id();

        await ServicingFixture.TellAsync(fixture.Host, disbursed, message);
        await ServicingFixture.TellAsync(fixture.Host, disbursed, message);
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        var id = await fixture.AccountOfAsync(offer.OfferId);
        (await SumAsync(id, "Principal")).ShouldBe(1_000);
        (await SumAsync(id, "ClearingOut")).ShouldBe(-1_000);
    }

    [Fact]
    public async Task A_loan_that_is_paid_out_later_than_planned_bears_interest_from_then_on()
    {
        // Planned for the 1st, with 5.00 for the month.
        var offer = fixture.Accepted(Unique.Id(), new DateOnly(2026, 1, 16));

        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        var staff = fixture.Host.ClientFor(Persons.Installer(organization));
        var account = await staff.GetAsync($"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId)}", HttpStatusCode.OK);
        var first = account.Json.GetProperty("state").GetProperty("schedule")[0];
        first.GetProperty("dueOn").GetString().ShouldBe("2026-02-01");
        first.GetProperty("interest").GetDecimal().ShouldBe(2.58m, "16 of 31 days");
        first.GetProperty("principal").GetDecimal().ShouldBe(81.07m);
    }

    [Fact]
    public async Task What_an_offer_froze_stays_whatever_Loans_says_of_it_later()
    {
        var customer = Unique.Id();
        var paidOutOn = new DateOnly(2026, 1, 16);
        var (kept, changed) = (Agreed(), Agreed());
        foreach (var offer in (AcceptedOffer[])[kept, changed])
        {
            await ServicingFixture.TellAsync(
                fixture.Host,
                new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
                Unique.Id()
            );
        }
        fixture.Accepted(customer, change: _ => kept with { DisbursedOn = paidOutOn });
        // All but what is lent.
        fixture.Accepted(
            customer,
            change: _ =>
                changed with
                {
                    FinancedFee = 200,
                    DealerFee = 70,
                    UpfrontFee = 90,
                    MonthlyFee = 5,
                    AnnualRatePercent = 9,
                    DayCount = DayCount.Actual360.Name(),
                    PlannedPayoutOn = paidOutOn,
                    Instalments = [new(new(2026, 4, 1), 500, 10), new(new(2026, 5, 1), 500, 5)],
                    DisbursedOn = paidOutOn,
                }
        );

        List<(string Schedule, string Payoffs, string Balances)> answers = [];
        foreach (var offer in (AcceptedOffer[])[kept, changed])
        {
            await ServicingFixture.TellAsync(
                fixture.Host,
                new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization },
                Unique.Id()
            );
            answers.Add(await AnswersAsync(await fixture.AccountOfAsync(offer.OfferId)));
        }

        answers[1].ShouldBe(answers[0]);
        var rows = JsonElement.Parse(answers[1].Schedule).EnumerateArray().ToList();
        rows.Count.ShouldBe(12);
        rows.ShouldAllBe(row => row.GetProperty("fees").GetDecimal() == 2);
        rows[0].GetProperty("interest").GetDecimal().ShouldBe(2.58m, "16 of 31 days");

        AcceptedOffer Agreed() =>
            fixture.Accepted(customer, change: offer => offer with { FinancedFee = 30, DealerFee = 20, UpfrontFee = 10, MonthlyFee = 2 });

        async Task<(string Schedule, string Payoffs, string Balances)> AnswersAsync(Guid id)
        {
            var staff = fixture.Host.ClientFor(Persons.Installer(organization));
            var account = await staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK);
            var payoffs = await staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK);
            var balances = await staff.GetAsync($"/loan-accounts/{id}/balances", HttpStatusCode.OK);
            return (account.Json.GetProperty("state").GetProperty("schedule").GetRawText(), payoffs.Text, balances.Text);
        }
    }

    [Theory]
    [InlineData(BorrowerKind.Consumer, false, 0.13, false)]
    [InlineData(BorrowerKind.Consumer, true, 0.08, false)] // 1.27 + 2.5 % of 86.07 for nine days since the Monday, instead of 1.27 + 5 %
    [InlineData(BorrowerKind.Business, true, 0.13, true)] // one instalment is enough: § 498 BGB is for consumers
    public async Task Who_borrows_and_what_secures_it_are_frozen_and_say_which_law_holds(
        BorrowerKind borrower,
        bool isSecuredByLand,
        double defaultInterest,
        bool allowsNotice
    )
    {
        var product = new AcceptedProduct(Unique.Id(), Version: 3);
        var offer = fixture.Accepted(
            Unique.Id(),
            new DateOnly(2026, 1, 1),
            change: offer => offer with { BorrowerKind = borrower, IsSecuredByLand = isSecuredByLand, Product = product }
        );
        var accepted = new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization };
        await ServicingFixture.TellAsync(fixture.Host, accepted, Unique.Id());
        // What Loans says later changes nothing.
        fixture.Accepted(
            offer.CustomerId,
            change: _ => offer with { BorrowerKind = BorrowerKind.Consumer, IsSecuredByLand = !isSecuredByLand, Product = null }
        );
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        var staff = fixture.Host.ClientFor(Persons.Installer(organization));
        var path = $"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId)}";
        var answer = (await staff.GetAsync($"{path}?asOf=2026-02-11", HttpStatusCode.OK)).Json;
        var account = answer.GetProperty("account");
        account.GetProperty("borrowerKind").GetString().ShouldBe(borrower.ToString().ToUpperInvariant());
        account.GetProperty("isSecuredByLand").GetBoolean().ShouldBe(isSecuredByLand);
        account.GetProperty("productId").GetGuid().ShouldBe(product.Id);
        account.GetProperty("productVersion").GetInt32().ShouldBe(3);
        answer.GetProperty("state").GetProperty("defaultInterest").GetDecimal().ShouldBe((decimal)defaultInterest);
        var arrears = (await staff.GetAsync($"{path}/arrears?asOf=2026-02-11", HttpStatusCode.OK)).Json;
        arrears.GetProperty("allowsNotice").GetBoolean().ShouldBe(allowsNotice);
    }

    [Fact]
    public async Task Of_an_erased_customer_the_books_are_kept_for_ten_years_and_accounts_without_books_go()
    {
        var customer = Unique.Id();
        var withBooks = await fixture.DisbursedAccountAsync(organization, customer);
        var offer = fixture.Accepted(customer);
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        var kept = await fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<ICustomerErasure>().EraseAsync(customer, TestContext.Current.CancellationToken)
        );

        kept.ShouldBe([new KeptRecord("LOAN_ACCOUNT", withBooks, "§ 257 HGB, § 147 AO", new DateOnly(2036, 12, 31))]);
        (await fixture.ScalarAsync($"SELECT count(*) FROM servicing.loan_accounts WHERE customer_id = '{customer}'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Who_was_erased_before_the_payout_gets_no_account_however_late_the_acceptance_and_the_withdrawal_are_told()
    {
        var customer = Unique.Id();
        var offer = fixture.Accepted(customer);
        fixture.Erased[customer] = true;

        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferWithdrawn { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        (await fixture.ScalarAsync($"SELECT count(*) FROM servicing.loan_accounts WHERE customer_id = '{customer}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Two_who_tell_at_once_open_one_account()
    {
        var offer = fixture.Accepted(Unique.Id());
        var accepted = new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync()));

        (await fixture.ScalarAsync($"SELECT count(*) FROM servicing.loan_accounts WHERE offer_id = '{offer.OfferId}'")).ShouldBe(1L);

        // Who comes second is refused by the database, and the outbox would come again.
        async Task TryAsync()
        {
            try
            {
                await ServicingFixture.TellAsync(fixture.Host, accepted, Unique.Id());
            }
            catch (Microsoft.EntityFrameworkCore.DbUpdateException) { }
        }
    }

    private async Task<decimal> SumAsync(Guid accountId, string account) =>
        (decimal)
            (
                await fixture.ScalarAsync(
                    $"""
                    SELECT coalesce(sum(amount), 0) FROM servicing.journal_lines JOIN servicing.journal_entries ON id = journal_entry_id
                    WHERE loan_account_id = '{accountId}' AND account = '{account}'
                    """
                )
            )!;
}
