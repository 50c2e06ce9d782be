using Lending.EmbeddedPostgres;

// A program that owns a server, for tests that kill or interrupt it. Arguments: the data folder, and that of the programs, if any.
Console.CancelKeyPress += (_, interrupt) =>
{
    interrupt.Cancel = true;
    Console.WriteLine("draining");
};
await using var server = await PostgresServer.StartAsync(
    new()
    {
        DataDirectory = args[0],
        BinariesDirectory = args.ElementAtOrDefault(1),
        Durable = false,
    }
);
Console.WriteLine(server.ConnectionString);
await Console.In.ReadLineAsync();
