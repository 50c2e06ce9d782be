namespace Lending.Servicing.Contracts;

/// <summary>What who sends money needs of loan accounts: what is to be paid out, and a way to tell that it has gone. Everything is of the caller's organisation.</summary>
public interface ILoanPayouts
{
    /// <summary>
    /// Which of these events are money that may go out now: payouts that a second person confirmed, where the customer has not withdrawn since, and refunds of a
    /// credit; none that was reversed. It stays so until the caller's transaction ends.
    /// </summary>
    Task<IReadOnlyList<OutgoingMoney>> HoldAsync(IReadOnlyCollection<Guid> loanEventIds, CancellationToken ct);

    /// <summary>Tells, with the caller's transaction, that the bank has sent the money of an event. Whoever calls it does so once.</summary>
    Task TellSettledAsync(Guid loanAccountId, Guid loanEventId, CancellationToken ct);
}

/// <summary>Money that is to go out.</summary>
/// <param name="LoanEventId">The event by which it is in the books.</param>
/// <param name="LoanAccountId">The account.</param>
/// <param name="CustomerId">Whose loan it is.</param>
/// <param name="InstallerId">The user who offered the loan; null where the account was opened before that was kept.</param>
/// <param name="IsRefund">Whether it is a credit that goes back to the borrower; else it is a payout of the loan.</param>
/// <param name="Currency">The ISO 4217 code of its currency.</param>
/// <param name="Amount">What leaves the bank: of a payout, without the fees that the lender keeps.</param>
public sealed record OutgoingMoney(
    Guid LoanEventId,
    Guid LoanAccountId,
    Guid CustomerId,
    Guid? InstallerId,
    bool IsRefund,
    string Currency,
    decimal Amount
);
