namespace Lending.Loans.Contracts;

/// <summary>Links with which customers without an account withdraw from what they accepted: the one that they accepted with is in an old mail, or there was none.</summary>
public interface IWithdrawalLinks
{
    /// <summary>
    /// Makes a link to an accepted offer, in the caller's transaction, and answers its secret. It shows the offer and lets its customer withdraw as long as that
    /// is possible; the one before goes on working.
    /// </summary>
    /// <param name="offerId">The offer.</param>
    /// <param name="email">The e-mail to which it is sent. It stops working when the customer has another one.</param>
    /// <param name="ct">Ends when the caller does.</param>
    /// <returns>The secret; null where there is no such offer, or the customer can no longer withdraw from it.</returns>
    Task<string?> CreateAsync(Guid offerId, string email, CancellationToken ct);
}
