namespace Lending.EmbeddedPostgres.Tests;

public sealed class PostgresBinariesTests
{
    [Fact]
    public void Without_programs_the_error_names_the_ways_out()
    {
        PostgresBinaries.Choose(configured: null, candidates: []).ShouldBeNull();

        var message = PostgresBinaries.NotFound().Message;
        foreach (
            var wayOut in new[] { "install PostgreSQL", "EMBEDDED_POSTGRES_BINARIES", "docker compose up", "ConnectionStrings__Lending" }
        )
            message.ShouldContain(wayOut);
    }

    [Fact]
    public async Task A_configured_folder_without_programs_is_an_error_and_not_passed_over()
    {
        using var scratch = new Scratch();
        var options = scratch.Options with { BinariesDirectory = scratch.Root };

        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            PostgresServer.StartAsync(options, TestContext.Current.CancellationToken)
        );

        error.Message.ShouldContain(scratch.Root);
        error.Message.ShouldContain("EMBEDDED_POSTGRES_BINARIES");
        Directory.Exists(scratch.Data).ShouldBeFalse();
    }

    [Fact]
    public void The_first_candidate_with_programs_is_chosen()
    {
        using var scratch = new Scratch();
        var programs = scratch.FakePrograms();

        PostgresBinaries.Choose(configured: null, [scratch.Root, programs]).ShouldBe(programs);
    }

    [Fact]
    public void The_newest_version_comes_first_by_number()
    {
        using var scratch = new Scratch();
        foreach (var version in new[] { "9.6", "latest", "17", "16" })
            Directory.CreateDirectory(Path.Combine(scratch.Root, version));

        var found = PostgresBinaries.Newest([(scratch.Root, "*", "bin"), (Path.Combine(scratch.Root, "nowhere"), "*", "bin")]);

        string[] expected = ["17", "16", "9.6", "latest"];
        found.ShouldBe(expected.Select(version => Path.Combine(scratch.Root, version, "bin")));
    }
}
