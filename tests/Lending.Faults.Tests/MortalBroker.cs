using System.Globalization;
using System.Text;
using Lending.Testing;
using RabbitMQ.Client;

namespace Lending.Faults.Tests;

/// <summary>Debian's RabbitMQ on ports and in folders of its own, which tests kill and start again. Its data stay.</summary>
public sealed class MortalBroker : IAsyncLifetime
{
    // Debian's other names for it change the user first.
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Exchange = "lending.events";
    private const string Queue = "lending.events";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lending-{Unique.Text()}");
    private readonly int port = FreePort.Find();
    private readonly int nodesPort = FreePort.Find();
    private readonly int namesPort = FreePort.Find();
    private readonly string password = Unique.Text();
    private Neighbour? names;
    private Neighbour? server;

    /// <summary>The setting of a host that tells it of events.</summary>
    public (string Name, string Value) Setting => ("Broker__Url", $"amqp://lending:{password}@127.0.0.1:{port}");

    public async ValueTask InitializeAsync()
    {
        OtherPrograms.Need("rabbitmq-server", "rabbitmq-server");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "nothing"), "");
        // Whom Erlang's nodes ask for each other; it would start one by itself that nobody ends.
        names = await Neighbour.StartAsync(namesPort, ["epmd", "-address", "127.0.0.1", "-port", Text(namesPort)]);
        await StartAsync();
    }

    /// <summary>Starts it where it does not run.</summary>
    public async Task StartAsync() =>
        server ??= await Neighbour.StartAsync(
            port,
            [Program],
            ("HOME", folder),
            // Then the process is RabbitMQ itself and not a shell that waits for it.
            ("RUNNING_UNDER_SYSTEMD", "true"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("ERL_EPMD_PORT", Text(namesPort)),
            // As in docker-compose.yml.
            ("RABBITMQ_DEFAULT_USER", "lending"),
            ("RABBITMQ_DEFAULT_PASS", password),
            ("RABBITMQ_NODENAME", $"lending{port}@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODE_PORT", Text(port)),
            ("RABBITMQ_DIST_PORT", Text(nodesPort)),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(folder, "data")),
            ("RABBITMQ_PID_FILE", Path.Combine(folder, "pid")),
            ("RABBITMQ_FEATURE_FLAGS_FILE", Path.Combine(folder, "features")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(folder, "nothing")),
            ("RABBITMQ_CONF_ENV_FILE", Path.Combine(folder, "nothing")),
            ("RABBITMQ_LOGS", "-")
        );

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    /// <summary>Deletes the queue that hosts make.</summary>
    public Task DeleteQueueAsync() => DoAsync(channel => channel.QueueDeleteAsync(Queue));

    /// <summary>Takes everything out of the queue, in its order.</summary>
    internal async Task<List<ReceivedEvent>> TakeAsync()
    {
        var received = new List<ReceivedEvent>();
        await DoAsync(async channel =>
        {
            while (await channel.BasicGetAsync(Queue, autoAck: true) is { } message)
            {
                received.Add(ReceivedEvent.Of(message));
            }
        });
        return received;
    }

    /// <summary>Binds a queue of another system's own to the events with this routing key, and answers how many came.</summary>
    public async Task<uint> CountInQueueOfAsync(string routingKey, Func<Task> whileBound)
    {
        uint count = 0;
        await DoAsync(async channel =>
        {
            var own = await channel.QueueDeclareAsync();
            await channel.QueueBindAsync(own.QueueName, Exchange, routingKey);
            await whileBound();
            count = await channel.MessageCountAsync(own.QueueName);
        });
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (names is not null)
        {
            await names.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task DoAsync(Func<IChannel, Task> work)
    {
        var factory = new ConnectionFactory { Uri = new Uri(Setting.Value) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What another system receives.</summary>
internal sealed record ReceivedEvent(Guid Id, Guid AggregateId, string RoutingKey, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static ReceivedEvent Of(BasicGetResult message)
    {
        // The client and the queue add numbers of their own.
        var headers = message
            .BasicProperties.Headers!.Where(header => header.Value is byte[])
            .ToDictionary(header => header.Key, header => Encoding.UTF8.GetString((byte[])header.Value!), StringComparer.Ordinal);
        return new ReceivedEvent(
            Guid.Parse(headers["cloudEvents:id"]),
            Guid.Parse(headers["cloudEvents:subject"]),
            message.RoutingKey,
            headers,
            Encoding.UTF8.GetString(message.Body.Span)
        );
    }
}
