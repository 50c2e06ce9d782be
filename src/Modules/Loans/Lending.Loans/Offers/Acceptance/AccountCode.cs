using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>The code that was mailed to the customer of an offer who is logged in; for who has a link, it stands with that.</summary>
internal sealed class AccountCode : MailedCode, ITenantOwned
{
    private AccountCode() { }

    public AccountCode(Guid offerId) => OfferId = offerId;

    public Guid OfferId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;
}
