using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lending.Platform.Outbox;
using RabbitMQ.Client;

namespace Lending.Platform.Broker;

/// <summary>
/// A connection to RabbitMQ, whose exchange and queue it makes where they are missing. Events are CloudEvents 1.0 in binary mode: the event is the body, and what
/// it is stands in the headers. What fails once is not used again; whoever has it connects anew.
/// </summary>
internal sealed class RabbitBroker : IAsyncDisposable
{
    /// <summary>Where events are published, by the routing key <c>module.Type</c>: other systems bind queues of their own to it.</summary>
    public const string Exchange = "lending.events";

    /// <summary>A queue of all events, so that none is lost before somebody else has a queue.</summary>
    public const string Queue = "lending.events";

    /// <summary>Who tells of the events.</summary>
    public const string Source = "urn:lending";

    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(2);

    private readonly IConnection connection;
    private readonly IChannel channel;

    private RabbitBroker(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>Whether it is still usable, as far as is known here.</summary>
    public bool IsOpen => channel.IsOpen;

    /// <summary>Connects, and makes exchange and queue where they are missing.</summary>
    public static async Task<RabbitBroker> ConnectAsync(BrokerAddress address, CancellationToken ct)
    {
        var factory = new ConnectionFactory
        {
            Uri = address.Url,
            ClientProvidedName = "lending",
            RequestedConnectionTimeout = LongestConnecting,
            ContinuationTimeout = LongestConnecting,
            // Whoever relays connects anew, and knows then what was not confirmed.
            AutomaticRecoveryEnabled = false,
        };
        var opened = await factory.CreateConnectionAsync(ct);
        try
        {
            var publishing = await opened.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                ct
            );
            await publishing.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: ct);
            await publishing.QueueDeclareAsync(
                Queue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" },
                cancellationToken: ct
            );
            await publishing.QueueBindAsync(Queue, Exchange, "#", cancellationToken: ct);
            return new RabbitBroker(opened, publishing);
        }
        catch
        {
            await CloseAsync(opened);
            throw;
        }
    }

    /// <summary>
    /// Publishes events and tells of each that the broker has confirmed. Those about the same follow each other, each after the confirmation of the one before: what the
    /// broker refuses cannot come behind a later one. Those about different things do not wait for each other.
    /// </summary>
    public Task PublishAsync(IEnumerable<BrokerMessage> messages, Action<Guid> confirmed, CancellationToken ct) =>
        Task.WhenAll(
            messages
                .GroupBy(message => message.AggregateId)
                .Select(async aboutTheSame =>
                {
                    foreach (var message in aboutTheSame)
                    {
                        await PublishAsync(message, ct);
                        confirmed(message.Id);
                    }
                })
        );

    public ValueTask DisposeAsync() => new(CloseAsync(connection));

    /// <summary>Ends when the broker has it in its queues; an exception says that it has not, or that nobody knows.</summary>
    private async Task PublishAsync(BrokerMessage message, CancellationToken ct)
    {
        using var activity = OutboxFigures.StartActivity($"{message.Type} {Exchange}", ActivityKind.Producer, message.TraceParent);
        var id = message.Id.ToString();
        var name = $"{message.Module}.{message.Type}";
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = id,
            ["cloudEvents:type"] = name,
            ["cloudEvents:source"] = Source,
            ["cloudEvents:subject"] = message.AggregateId.ToString(),
            ["cloudEvents:time"] = message.OccurredAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        if ((activity?.Id ?? message.TraceParent) is { } trace)
        {
            headers["cloudEvents:traceparent"] = trace;
            // Where libraries of tracing look for it.
            headers["traceparent"] = trace;
        }
        await channel.BasicPublishAsync(
            Exchange,
            name,
            // What no queue takes is refused.
            mandatory: true,
            new BasicProperties
            {
                MessageId = id,
                Type = name,
                ContentType = "application/json",
                DeliveryMode = DeliveryModes.Persistent,
                Headers = headers,
            },
            Encoding.UTF8.GetBytes(message.Payload),
            ct
        );
    }

    private static async Task CloseAsync(IConnection opened)
    {
        // Whatever becomes of it: it is not used again.
        await opened.AbortAsync(LongestClosing);
        await opened.DisposeAsync();
    }
}
