namespace Lending.Servicing.Contracts;

/// <summary>Where borrowers send money, for letters and papers. Implemented by the module that moves money at banks; everything is of the caller's organisation.</summary>
public interface ILenderAccounts
{
    /// <summary>The account on which the organisation collects, with the reference of a loan account as far as it has one; null where nobody has said which it is.</summary>
    Task<LenderAccount?> FindAsync(Guid loanAccountId, CancellationToken ct);

    /// <summary>The reference by which payments on a loan account are found. It is made where there is none, in the caller's transaction, and stays.</summary>
    Task<string> GiveReferenceAsync(Guid loanAccountId, Guid customerId, CancellationToken ct);
}

/// <summary>The account on which an organisation collects.</summary>
/// <param name="Holder">The account holder's name.</param>
/// <param name="Address">The account holder's postal address, on one line.</param>
/// <param name="Iban">The account, in groups of four characters.</param>
/// <param name="Bic">The bank's code; null: none was named.</param>
/// <param name="Reference">What the borrower writes into a transfer; null: none was given yet.</param>
public sealed record LenderAccount(string Holder, string Address, string Iban, string? Bic, string? Reference);
