using Lending.Kernel;

namespace Lending.Servicing.Contracts;

/// <summary>
/// What who moves money at a bank needs of loan accounts: which there are, what becomes due, and a way to record what came and what went back. Everything is of
/// the caller's organisation. What records joins the caller's transaction, and holds the account's lock until that ends.
/// </summary>
public interface ILoanPayments
{
    /// <summary>The account; null where there is none that the caller may see.</summary>
    Task<PayableLoan?> FindAsync(Guid loanAccountId, CancellationToken ct);

    /// <summary>
    /// What of these accounts' instalments will be due and open at the end of a day, if nothing else comes until then. What is owed beside instalments is paid
    /// with the latest of them; where none is open and none is to come, it is due for itself, on a day that stays the same until something is paid. Accounts that
    /// were called due, written off or paid off have none.
    /// </summary>
    Task<IReadOnlyList<DueInstalment>> ListDueAsync(IReadOnlyCollection<Guid> loanAccountIds, DateOnly on, CancellationToken ct);

    /// <summary>Records a payment with this id; recorded already, it stays as it is. Answers what speaks against it, or null.</summary>
    Task<Error?> RecordAsync(Guid loanAccountId, Guid paymentId, DateOnly on, decimal amount, CancellationToken ct);

    /// <summary>Records that a bank took a payment back, and what of the bank's fee the customer owes. Answers what speaks against it, or null.</summary>
    Task<Error?> ReturnAsync(Guid loanAccountId, PaymentReturn back, CancellationToken ct);

    /// <summary>Reverses with this id a return whose money is here again: the payment holds as if it had never gone. Answers what speaks against it, or null.</summary>
    Task<Error?> ReverseReturnAsync(Guid loanAccountId, Guid reversalId, Guid returnId, CancellationToken ct);
}

/// <summary>What bank matters need to know of a loan account.</summary>
/// <param name="Id">The account.</param>
/// <param name="CustomerId">Whose loan it is.</param>
/// <param name="Currency">The ISO 4217 code of its currency.</param>
public sealed record PayableLoan(Guid Id, Guid CustomerId, string Currency);

/// <summary>An instalment of which something is open.</summary>
/// <param name="LoanAccountId">The account.</param>
/// <param name="DueOn">The day by which it is paid.</param>
/// <param name="Amount">What is open of it.</param>
/// <param name="Beside">What is paid with it beside instalments: default interest and costs of enforcement.</param>
public sealed record DueInstalment(Guid LoanAccountId, DateOnly DueOn, decimal Amount, decimal Beside = 0)
{
    /// <summary>All that is paid with it.</summary>
    public decimal Total => Amount + Beside;
}

/// <summary>A payment that a bank took back.</summary>
/// <param name="Id">The id of the return; recorded already, it stays as it is.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="On">The day for which it counts.</param>
/// <param name="Amount">How much went back.</param>
/// <param name="FeeId">The id of the charge.</param>
/// <param name="Fee">What the customer owes of what the bank took for it; 0: nothing.</param>
public sealed record PaymentReturn(Guid Id, Guid PaymentId, DateOnly On, decimal Amount, Guid FeeId, decimal Fee);
