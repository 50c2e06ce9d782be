namespace Lending.EmbeddedPostgres.Tests;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_server_answers_a_query()
    {
        await using var server = await PostgresServer.StartAsync(new(), Cancellation);

        (await Scratch.QueryAsync(server.ConnectionString, "SELECT 6 * 7")).ShouldBe(42);
    }

    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Durability_and_connections_are_as_asked(bool durable, string expected)
    {
        using var scratch = new Scratch();
        await using var server = await PostgresServer.StartAsync(
            scratch.Options with
            {
                Durable = durable,
                MaxConnections = 37,
            },
            Cancellation
        );

        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
            (await Scratch.QueryAsync(server.ConnectionString, $"SHOW {setting}")).ShouldBe(expected, setting);
        (await Scratch.QueryAsync(server.ConnectionString, "SHOW max_connections")).ShouldBe("37");
    }

    [Fact]
    public async Task Data_is_kept_across_a_restart()
    {
        using var scratch = new Scratch();
        var options = scratch.Options;
        await using (var first = await PostgresServer.StartAsync(options, Cancellation))
            await Scratch.QueryAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var second = await PostgresServer.StartAsync(options, Cancellation);
        (await Scratch.QueryAsync(second.ConnectionString, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_disposed_server_is_gone_at_once()
    {
        using var scratch = new Scratch();
        var server = await PostgresServer.StartAsync(scratch.Options, Cancellation);
        var processId = Scratch.ServerProcessId(scratch.Data);
        Scratch.IsRunning(processId).ShouldBeTrue();

        await server.DisposeAsync();
        await server.DisposeAsync();

        Scratch.IsRunning(processId).ShouldBeFalse();
    }

    [Fact]
    public async Task A_temporary_folder_is_deleted_with_its_server()
    {
        var server = await PostgresServer.StartAsync(new(), Cancellation);
        var root = Path.GetDirectoryName(server.DataDirectory)!;
        Directory.Exists(root).ShouldBeTrue();

        await server.DisposeAsync();

        Directory.Exists(root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_temporary_folder_of_a_killed_run_is_deleted_by_a_later_start()
    {
        await using var running = await PostgresServer.StartAsync(new(), Cancellation);
        var root = Path.GetDirectoryName(running.DataDirectory)!;
        var stale = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(root)!, $"lending-postgres-{Path.GetRandomFileName()}"));
        foreach (var folder in new[] { root, stale.FullName })
            Directory.SetLastWriteTimeUtc(folder, DateTime.UnixEpoch);

        await using var later = await PostgresServer.StartAsync(new(), Cancellation);

        Directory.Exists(stale.FullName).ShouldBeFalse();
        Directory.Exists(root).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_below_one_closed_to_other_users_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var scratch = new Scratch();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var server = await PostgresServer.StartAsync(scratch.Options, Cancellation);

        (await Scratch.QueryAsync(server.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_start_on_the_same_folder_is_told_who_uses_it()
    {
        using var scratch = new Scratch();
        await using var first = await PostgresServer.StartAsync(scratch.Options, Cancellation);

        var error = await Should.ThrowAsync<InvalidOperationException>(() => PostgresServer.StartAsync(scratch.Options, Cancellation));

        error.Message.ShouldContain($"in use by process {Scratch.ServerProcessId(scratch.Data)}");
        error.Message.ShouldContain("EmbeddedPostgres__DataDirectory");
        (await Scratch.QueryAsync(first.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_process_id_left_by_a_crash_does_not_block_the_next_start()
    {
        using var scratch = new Scratch();
        await (await PostgresServer.StartAsync(scratch.Options, Cancellation)).DisposeAsync();
        // The number now belongs to another program: this one.
        var left = new[] { $"{Environment.ProcessId}", scratch.Data, "1", "5432", "", "", "", "ready" };
        await File.WriteAllLinesAsync(Path.Combine(scratch.Data, "postmaster.pid"), left, Cancellation);

        await using var server = await PostgresServer.StartAsync(scratch.Options, Cancellation);

        (await Scratch.QueryAsync(server.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused()
    {
        using var scratch = new Scratch();
        await (await PostgresServer.StartAsync(scratch.Options, Cancellation)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(scratch.Data, "PG_VERSION"), "9\n", Cancellation);

        var error = await Should.ThrowAsync<InvalidOperationException>(() => PostgresServer.StartAsync(scratch.Options, Cancellation));

        error.Message.ShouldContain("was made by PostgreSQL 9");
        error.Message.ShouldContain("EMBEDDED_POSTGRES_BINARIES");
    }

    [Fact]
    public async Task A_folder_with_other_files_is_refused_and_left_alone()
    {
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Root, "letter.txt");
        await File.WriteAllTextAsync(file, "Dear", Cancellation);

        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            PostgresServer.StartAsync(scratch.Options with { DataDirectory = scratch.Root }, Cancellation)
        );

        error.Message.ShouldContain("holds no PostgreSQL data");
        Directory.GetFiles(scratch.Root).ShouldBe([file]);
        File.Delete(scratch.Root + ".lock");
    }

    [Fact]
    public async Task A_failed_start_tells_what_postgres_said()
    {
        using var scratch = new Scratch();

        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            PostgresServer.StartAsync(scratch.Options with { MaxConnections = -1 }, Cancellation)
        );

        error.Message.ShouldContain("max_connections");
    }
}
