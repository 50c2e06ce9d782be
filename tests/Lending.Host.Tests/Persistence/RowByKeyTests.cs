using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>What a statement by key does not know how to filter it does not read. What it reads is shown by the slices that use it.</summary>
public sealed class RowByKeyTests
{
    [Fact]
    public async Task A_type_with_a_filter_of_its_own_is_refused()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            new RowByKey<Shelf, Book, Title>(book => new Title(book.Name)).FindAsync(Rows(), Unique.Id(), default)
        );
        error.Message.ShouldContain("filters");
    }

    [Fact]
    public async Task A_row_as_a_whole_is_refused()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            new RowByKey<Shelf, Page, Page>(page => page).FindAsync(Rows(), Unique.Id(), default)
        );
        error.Message.ShouldContain("by its columns");
    }

    [Fact]
    public async Task A_lock_that_no_transaction_would_keep_is_refused()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            new RowByKey<Shelf, Page, Title>(_ => new Title("locked"), RowLocks.Update).FindAsync(Rows(), Unique.Id(), default)
        );
        error.Message.ShouldContain("transaction");
    }

    private static Rows<Shelf> Rows()
    {
        var caller = new Caller(new HttpContextAccessor());
        caller.ActFor(Unique.Id(), UserReference.System);
        // Never connected to: it is refused before.
        var nowhere = NpgsqlDataSource.Create("Host=localhost");
        return new Rows<Shelf>(
            nowhere,
            new ReadBatches(nowhere),
            new Transactions(nowhere),
            caller,
            new ModelOf<Shelf>(new Shelves()),
            null!
        );
    }

    private sealed class Shelves : IDbContextFactory<Shelf>
    {
        public Shelf CreateDbContext() => new(ModuleDatabaseExtensions.DesignTimeOptions<Shelf>("shelf"));
    }

    private sealed class Shelf(DbContextOptions<Shelf> options) : ModuleDbContext(options, "shelf")
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Book>().HasQueryFilter("hidden", book => book.Name != "");
            modelBuilder.Entity<Page>();
            base.OnModelCreating(modelBuilder);
        }
    }

    private sealed record Title(string Text);

    private sealed class Book : ITenantOwned
    {
        public Guid Id { get; private init; }

        public Guid OrganizationId { get; private init; }

        public string Name { get; private init; } = "";
    }

    private sealed class Page : ITenantOwned
    {
        public Guid Id { get; private init; }

        public Guid OrganizationId { get; private init; }
    }
}
