using Mapster;

namespace Lending.Payments.References;

/// <summary>What a borrower writes into a transfer, so that it is found.</summary>
internal sealed record PaymentReferenceResponse
{
    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The structured reference (ISO 11649).</summary>
    /// <example>RF12LN0123456789ABCD</example>
    public required string Reference { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<PaymentReference, PaymentReferenceResponse>();
    }
}
