using System.Collections.Concurrent;
using Lending.Notifications.Contracts;

namespace Lending.Testing;

/// <summary>Stands for the Notifications module: keeps the messages that the module under test asks for.</summary>
public sealed class AskedMessages : INotifications
{
    private readonly ConcurrentQueue<Message> messages = new();

    /// <summary>The messages to this address, oldest first.</summary>
    public IReadOnlyList<Message> To(string recipient) =>
        [.. messages.Where(message => string.Equals(message.Recipient, recipient, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The secret in the newest message of this kind to this address.</summary>
    public string TokenTo(string recipient, MessageKind kind) => To(recipient).Last(message => message.Kind == kind).Values["token"];

    /// <inheritdoc />
    public Task SendAsync(Message message, CancellationToken ct)
    {
        messages.Enqueue(message);
        foreach (var value in message.Values.Values)
        {
            LogWatch.OfThisRun.Learn(value);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DeleteOfCustomerAsync(Guid customerId, CancellationToken ct) => Task.CompletedTask;
}
