using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Audit.Tests.Entries;

public sealed class ListEntriesTests(AuditFixture fixture)
{
    private const string Path = "/audit";

    private readonly Guid organization = Unique.Id();

    private HttpClient Administrator => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task The_newest_comes_first_and_cursors_lead_through_all_of_it()
    {
        var ids = new List<Guid>();
        for (var number = 0; number < 5; number++)
        {
            ids.Insert(0, await fixture.Host.NoteAsync(organization));
        }
        // Reading is recorded, too: those entries are newer than the question.
        var filter = $"action=UPDATE&to={TimeProvider.System.GetUtcNow().AddSeconds(5):yyyy-MM-ddTHH:mm:ss}Z";
        var administrator = Administrator;

        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = await administrator.GetAsync($"{Path}?limit=2&includeTotal=true&{filter}{cursor}", HttpStatusCode.OK);
            page.Json.GetProperty("total").GetInt32().ShouldBe(5);
            seen.AddRange(IdsIn(page));
            cursor = page["nextCursor"] is { Length: > 0 } next ? $"&cursor={next}" : "";
        } while (cursor.Length > 0);

        seen.ShouldBe(ids);
    }

    [Fact]
    public async Task Each_filter_leaves_what_fits()
    {
        var (thing, customer) = (Unique.Id(), Unique.Id());
        var wanted = await fixture.Host.NoteAsync(organization, "DELETE", "Boiler", thing, customer);
        await fixture.Host.NoteAsync(organization);
        var administrator = Administrator;
        var all = await administrator.GetAsync(Path, HttpStatusCode.OK);
        var entry = all.Json.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == wanted);

        foreach (
            var filter in new[]
            {
                "action=DELETE",
                "entityType=Boiler",
                $"entityId={thing}",
                $"customerId={customer}",
                $"userId={entry.GetProperty("userId").GetGuid()}",
            }
        )
        {
            IdsIn(await administrator.GetAsync($"{Path}?{filter}", HttpStatusCode.OK)).ShouldBe([wanted], filter);
        }
        var at = entry.GetProperty("at").GetString()!;
        IdsIn(await administrator.GetAsync($"{Path}?from={Uri.EscapeDataString(at)}", HttpStatusCode.OK)).ShouldContain(wanted);
        IdsIn(await administrator.GetAsync($"{Path}?to={Uri.EscapeDataString(at)}", HttpStatusCode.OK)).ShouldNotContain(wanted);
        IdsIn(await administrator.GetAsync($"{Path}?apiKeyId={Unique.Id()}", HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        var id = await fixture.Host.NoteAsync(organization);

        IdsIn(await Administrator.GetAsync(Path, HttpStatusCode.OK)).ShouldContain(id);
        var other = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));
        (await other.GetAsync(Path, HttpStatusCode.OK)).Text.ShouldNotContain($"{id}");
        (await other.GetAsync($"{Path}?format=CSV", HttpStatusCode.OK)).Text.ShouldNotContain($"{id}");
    }

    [Fact]
    public async Task Whoever_is_no_administrator_is_refused()
    {
        var installer = fixture.Host.ClientFor(Persons.Installer(organization));

        (await installer.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public Task Cursors_that_it_never_gave_are_refused() => Administrator.ShouldRefuseForgedCursorsAsync(Path);

    [Theory]
    [InlineData("action=LOOK", "action", "unknown-action")]
    public async Task Wrong_filters_are_refused(string query, string field, string code)
    {
        var answer = await Administrator.SendAsync("GET", $"{Path}?{query}");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .ShouldContain(error => error.GetProperty("name").GetString() == field && error.GetProperty("code").GetString() == code);
    }

    [Fact]
    public async Task Csv_has_all_of_it_and_runs_no_formula()
    {
        await fixture.Host.NoteAsync(organization, entityType: "=1+1");
        for (var number = 0; number < 3; number++)
        {
            await fixture.Host.NoteAsync(organization, entityType: "a, \"b\"");
        }

        var answer = await Administrator.SendAsync("GET", $"{Path}?format=CSV&limit=1&action=UPDATE");

        answer.ContentType.ShouldBe("text/csv");
        var lines = answer.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0]
            .ShouldBe("id,at,action,operation,entityType,entityId,customerId,shownIds,userId,apiKeyId,sessionId,address,requestId,changes");
        lines.Length.ShouldBe(5);
        lines.Count(line => line.Contains("\"a, \"\"b\"\"\"")).ShouldBe(3);
        answer.Text.ShouldNotContain(",=1+1");
        answer.Text.ShouldContain("'=1+1");
    }

    [Fact]
    public async Task Reading_the_log_and_taking_a_copy_of_it_are_in_the_log()
    {
        var administrator = Administrator;
        await administrator.GetAsync($"{Path}?format=CSV", HttpStatusCode.OK);

        for (var look = 0; look < 1_200; look++)
        {
            var page = await administrator.GetAsync($"{Path}?entityType=AuditEntry", HttpStatusCode.OK);
            var actions = page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("action").GetString()).ToList();
            actions.ShouldContain("EXPORT");
            if (actions.Contains("READ"))
            {
                return;
            }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException("It was never recorded.");
    }

    private static IEnumerable<Guid> IdsIn(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select((JsonElement item) => item.GetProperty("id").GetGuid());
}
