namespace Lending.EmbeddedPostgres.Tests;

public sealed class InterruptionTests
{
    private const string NoShell = "Windows has no shell to watch the owner.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_owner_leaves_no_postgres_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NoShell);
        using var scratch = new Scratch();
        using var owner = new OwnerProgram(scratch.Data);
        var connectionString = await owner.ReadLineAsync();
        var processId = Scratch.ServerProcessId(scratch.Data);
        Scratch.IsRunning(processId).ShouldBeTrue();

        await owner.KillAsync();

        // The next start waits for the former server, and finds its data.
        await using var server = await PostgresServer.StartAsync(scratch.Options, Cancellation);
        Scratch.IsRunning(processId).ShouldBeFalse();
        (await Scratch.QueryAsync(server.ConnectionString, "SELECT 1")).ShouldBe(1);
        var socketDirectory = connectionString.Split(';')[0]["Host=".Length..];
        await Scratch.UntilAsync(() => !Directory.Exists(socketDirectory));
    }

    [Fact]
    public async Task A_killed_owner_with_open_connections_leaves_no_postgres_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NoShell);
        using var scratch = new Scratch();
        using var owner = new OwnerProgram(scratch.Data);
        var sleeping = Scratch.QueryAsync(await owner.ReadLineAsync(), "SELECT pg_sleep(60)");
        var processId = Scratch.ServerProcessId(scratch.Data);

        await owner.KillAsync();

        await Scratch.UntilAsync(() => !Scratch.IsRunning(processId));
        await Should.ThrowAsync<Npgsql.NpgsqlException>(() => sleeping);
    }

    [Fact]
    public async Task An_interrupt_of_the_terminal_leaves_the_server_up_until_its_owner_is_done()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NoShell);
        using var scratch = new Scratch();
        using var owner = new OwnerProgram(scratch.Data);
        var connectionString = await owner.ReadLineAsync();
        var processId = Scratch.ServerProcessId(scratch.Data);

        await owner.InterruptGroupAsync();
        (await owner.ReadLineAsync()).ShouldBe("draining");
        (await Scratch.QueryAsync(connectionString, "SELECT 1")).ShouldBe(1);

        await owner.FinishAsync();
        Scratch.IsRunning(processId).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_first_start_leaves_nothing_that_breaks_the_next()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NoShell);
        using var scratch = new Scratch();
        using var owner = new OwnerProgram(scratch.Data);
        await Scratch.UntilAsync(() => scratch.HasDraft());

        await owner.KillAsync();
        await using var server = await PostgresServer.StartAsync(scratch.Options, Cancellation);
        (await Scratch.QueryAsync(server.ConnectionString, "SELECT 1")).ShouldBe(1);
        Directory.GetDirectories(scratch.Root, "data.init-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_first_start_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NoShell);
        using var scratch = new Scratch();
        using var cancellation = new CancellationTokenSource();
        var start = PostgresServer.StartAsync(scratch.Options, cancellation.Token);
        await Scratch.UntilAsync(() => scratch.HasDraft());

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => start);

        Directory.GetDirectories(scratch.Root).ShouldBeEmpty();
    }
}
