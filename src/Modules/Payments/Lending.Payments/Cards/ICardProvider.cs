using Lending.Kernel;
using Lending.Platform.Http;

namespace Lending.Payments.Cards;

/// <summary>
/// Who takes money from cards and wallets. What is asked is never asked inside a transaction. It throws <see cref="CardProviderException"/> where the provider
/// does not do it.
/// </summary>
internal interface ICardProvider
{
    /// <summary>Whether the settings say how it is reached.</summary>
    bool IsSetUp { get; }

    /// <summary>Whether it can take this amount.</summary>
    bool CanCharge(decimal amount, Currency currency);

    /// <summary>Makes the payment at the provider, once, however often it is asked; one that is there already is found.</summary>
    Task<ProviderIntent> StartAsync(CardPayment payment, CancellationToken ct);

    /// <summary>Gives money back, once, however often it is asked.</summary>
    Task RefundAsync(CardPayment payment, CardReturn refund, CancellationToken ct);

    /// <summary>What it knows of a payment now.</summary>
    Task<ProviderPayment> ReadAsync(string providerId, CancellationToken ct);
}

/// <summary>A payment that the provider waits for.</summary>
/// <param name="Id">What the provider calls it.</param>
/// <param name="ClientSecret">What lets a browser or an app pay it.</param>
internal sealed record ProviderIntent(string Id, string ClientSecret);

/// <summary>What a provider knows of a payment.</summary>
/// <param name="Id">What it calls the payment.</param>
/// <param name="CardPaymentId">What we call it; null where it is none of ours.</param>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Status">How far it is, unless the money came.</param>
/// <param name="FailureCode">Its code of the last failure.</param>
/// <param name="AmountReceived">How much came.</param>
/// <param name="PaidAt">When the money came; null: it did not.</param>
/// <param name="Returns">What went back, or is to.</param>
internal sealed record ProviderPayment(
    string Id,
    Guid? CardPaymentId,
    Guid? OrganizationId,
    CardPaymentStatus Status,
    string? FailureCode,
    decimal AmountReceived,
    DateTimeOffset? PaidAt,
    IReadOnlyList<ProviderReturn> Returns
);

/// <summary>What a provider knows of money that goes back.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Id">What it calls it.</param>
/// <param name="CardReturnId">What we call it; null where it began there.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">Its code of why.</param>
/// <param name="WithdrawnAt">When the money went; null: it has not.</param>
/// <param name="ReinstatedAt">When it came again; null: it has not.</param>
/// <param name="IsOver">Whether nothing more comes of it.</param>
internal sealed record ProviderReturn(
    CardReturnKind Kind,
    string Id,
    Guid? CardReturnId,
    decimal Amount,
    string? Reason,
    DateTimeOffset? WithdrawnAt,
    DateTimeOffset? ReinstatedAt,
    bool IsOver
);

/// <summary>The provider did not do what it was asked, or nobody knows whether it did.</summary>
internal sealed class CardProviderException(int status, string code, string detail, string? refusal = null) : Exception(detail)
{
    /// <summary>Why the provider refused; null where nobody knows whether it did what was asked.</summary>
    public string? Refusal => refusal;

    /// <summary>What the client is answered.</summary>
    public Problem ToProblem() => Problem.Of(status, code, Message);
}
