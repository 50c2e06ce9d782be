using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.References;

/// <summary>What a borrower writes into a transfer, so that it is found: one of a loan account, for good.</summary>
internal sealed class PaymentReference : ITenantOwned
{
    public const int MaximumLength = 25;

    private PaymentReference() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>The structured reference (ISO 11649).</summary>
    [NotPersonal]
    public string Reference { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public static PaymentReference Create(Guid loanAccountId, Guid customerId, DateTimeOffset now) =>
        Of(Guid.CreateVersion7(now), loanAccountId, customerId, CreditorReference.Of(OwnCode.New("LN")), now);

    public static PaymentReference Of(Guid id, Guid loanAccountId, Guid customerId, string reference, DateTimeOffset now) =>
        new()
        {
            Id = id,
            LoanAccountId = loanAccountId,
            CustomerId = customerId,
            Reference = reference,
            CreatedAt = now,
        };
}
