using System.Net;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Tests.Creditors;

/// <summary>What letters to borrowers say of the account on which an organisation collects.</summary>
public sealed class LenderAccountTests(PaymentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task It_is_the_account_of_the_files_with_the_reference_by_which_transfers_are_found()
    {
        var loan = fixture.Loans.Add();
        (await FindAsync(organization, loan.Id)).ShouldBeNull("nobody has said it");
        await PaymentsFixture.WithCreditorAsync(Staff);

        var account = await FindAsync(organization, loan.Id);
        var reference = await GiveAsync(loan);

        account.ShouldBe(
            new("Sonnenkredit GmbH", "Hauptstraße 1, 10115 Berlin, DE", "DE87 2005 0000 1234 5678 90", Bic: null, Reference: null)
        );
        Sepa.CreditorReference.IsValid(reference).ShouldBeTrue();
        (await FindAsync(organization, loan.Id)).ShouldBe(account! with { Reference = reference });
        (await GiveAsync(loan)).ShouldBe(reference);
        (await Staff.PostAsync("/payment-references", new { loanAccountId = loan.Id }, HttpStatusCode.OK))["reference"].ShouldBe(reference);
        (await FindAsync(Unique.Id(), loan.Id)).ShouldBeNull("it is another organisation's");
    }

    [Fact]
    public async Task Parts_of_an_address_that_are_not_there_leave_no_gap()
    {
        await Staff.ExpectAsync(
            "PUT",
            "/sepa-creditor",
            new
            {
                name = "Sonnenkredit GmbH",
                identifier = "DE98ZZZ09999999999",
                iban = PaymentsFixture.OwnIban,
                bic = "BANKDEFFXXX",
                town = "Berlin",
                country = "DE",
            },
            HttpStatusCode.OK
        );

        var account = await FindAsync(organization, Unique.Id());

        account!.Address.ShouldBe("Berlin, DE");
        account.Bic.ShouldBe("BANKDEFFXXX");
    }

    private Task<LenderAccount?> FindAsync(Guid organizationId, Guid loanAccountId) =>
        fixture.Host.InModuleAsync(
            organizationId,
            services => services.GetRequiredService<ILenderAccounts>().FindAsync(loanAccountId, TestContext.Current.CancellationToken)
        );

    private Task<string> GiveAsync(FakeLoans.Loan loan) =>
        fixture.Host.InModuleAsync(
            organization,
            services =>
                services
                    .GetRequiredService<ILenderAccounts>()
                    .GiveReferenceAsync(loan.Id, loan.Payable.CustomerId, TestContext.Current.CancellationToken)
        );
}
