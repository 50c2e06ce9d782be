namespace Lending.Notifications.Contracts;

/// <summary>Tells people what concerns them, by mail.</summary>
public interface INotifications
{
    /// <summary>
    /// Queues a message of the caller's organisation, in the caller's transaction: it is sent after the commit, and never if there is none.
    /// </summary>
    Task SendAsync(Message message, CancellationToken ct);

    /// <summary>Deletes all messages to a customer, sent or not, what the customer did not want and which addresses did not work, in the caller's transaction.</summary>
    Task DeleteOfCustomerAsync(Guid customerId, CancellationToken ct);
}
