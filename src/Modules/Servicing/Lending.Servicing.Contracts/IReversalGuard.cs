using Lending.Kernel;

namespace Lending.Servicing.Contracts;

/// <summary>Asked before a refund of a credit is reversed, in the same transaction, with the account locked. Implemented by modules that send money.</summary>
public interface IReversalGuard
{
    /// <summary>Why the event may not be reversed, or null.</summary>
    Task<Error?> FindObstacleAsync(Guid loanEventId, CancellationToken ct);
}
