namespace Lending.EmbeddedPostgres;

/// <summary>What a <see cref="PostgresServer"/> keeps, where, and how carefully.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>The folder that keeps the data between runs; null: a temporary one, in memory where possible, deleted at the end.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Whether committed data survives a crash of the machine. False is several times faster, and right for tests.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many connections the server accepts at once.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How much memory the server takes for pages of tables and indexes. Little, as it shares the machine with its owner's work.</summary>
    public int SharedBuffersMegabytes { get; init; } = 48;

    /// <summary>The folder of the programs <c>postgres</c> and <c>initdb</c>; null: look for it.</summary>
    public string? BinariesDirectory { get; init; }
}
