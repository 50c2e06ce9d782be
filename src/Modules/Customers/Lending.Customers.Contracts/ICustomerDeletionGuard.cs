using Lending.Kernel;

namespace Lending.Customers.Contracts;

/// <summary>Asked before a customer is deleted, in the same transaction, with the customer's row locked. Implemented by modules that refer to customers.</summary>
public interface ICustomerDeletionGuard
{
    /// <summary>Why the customer may not be deleted, or null.</summary>
    Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct);

    /// <summary>Which of these customers may not be deleted; for many at once.</summary>
    Task<IReadOnlyCollection<Guid>> FindBoundAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken ct);
}
