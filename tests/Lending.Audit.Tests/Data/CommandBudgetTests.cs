using Lending.Testing;

namespace Lending.Audit.Tests.Data;

/// <summary>What each slice may ask of the database.</summary>
public sealed class CommandBudgetTests
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        await using var host = await ModuleHost.StartAsync(new AuditModule());
        var organization = Unique.Id();
        await host.NoteAsync(organization);
        await host.NoteAsync(organization);
        var administrator = host.ClientFor(Persons.Administrator(organization));

        await host.ShouldKeepAsync(
            new CommandBudget("ListEntries", 1, () => administrator.SendAsync("GET", "/audit")),
            // The entry that a copy was taken, a page, and one that is empty.
            new CommandBudget("ListEntries: CSV", 3, () => administrator.SendAsync("GET", "/audit?format=CSV"))
        );
    }
}
