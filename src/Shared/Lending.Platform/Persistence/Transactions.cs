using System.Transactions;

namespace Lending.Platform.Persistence;

/// <summary>Transactions that span modules.</summary>
public static class Transactions
{
    /// <summary>
    /// Opens a transaction that every DbContext joins by itself until it is disposed; call <c>Complete</c> to commit. Contexts must take
    /// turns, which awaited calls do: they then share one connection.
    /// </summary>
    public static TransactionScope Begin() =>
        new(
            TransactionScopeOption.Required,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled
        );
}
