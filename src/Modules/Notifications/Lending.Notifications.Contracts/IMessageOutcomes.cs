namespace Lending.Notifications.Contracts;

/// <summary>What became of messages, for whoever must not rest on one that did not arrive.</summary>
public interface IMessageOutcomes
{
    /// <summary>
    /// What of this a message to the customer was about that was given up or came back, in the caller's organisation and transaction. What still waits to be sent is not among it.
    /// </summary>
    Task<IReadOnlySet<Guid>> FindUndeliveredAsync(Guid customerId, IReadOnlyCollection<Guid> aboutIds, CancellationToken ct);
}
