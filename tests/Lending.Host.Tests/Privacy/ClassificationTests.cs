using Lending.Host.Tests.Architecture;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Compliance.Classification;
using Npgsql;

namespace Lending.Host.Tests.Privacy;

/// <summary>Of every column of every module it is said what it tells of people.</summary>
public sealed class ClassificationTests(HostFixture host)
{
    [Fact]
    public async Task No_column_is_unclassified()
    {
        var columns = await ModelColumn.OfAllModulesAsync(host.App.Services);

        Unclassified(columns).ShouldBeEmpty("say [Personal], [Secret] or [NotPersonal] on the entity's property");
        columns.Count(column => column.Classification == Classifications.Personal).ShouldBeGreaterThan(40);
        columns.Count(column => column.Classification == Classifications.Secret).ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Every_column_of_the_database_is_one_of_a_model()
    {
        await using var dataSource = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT format('%s.%s.%s', relnamespace::regnamespace, relname, attname)
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0 AND NOT attisdropped
                AND relnamespace::regnamespace::text IN ({ModuleFolders.SchemasInSql}) AND relname <> '__ef_migrations_history'
            """
        );
        var stored = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            stored.Add(reader.GetString(0));
        }

        stored.Count.ShouldBeGreaterThan(200);
        // An amount that the version before still reads, and nobody writes any more.
        stored.Remove("payments.bank_lines.original_amount").ShouldBeTrue("take this line away with the column");
        var modelled = (await ModelColumn.OfAllModulesAsync(host.App.Services)).Where(column => column.Name != "xmin");
        stored.ShouldBe(modelled.Select(column => column.ToString()).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void A_column_of_which_nothing_is_said_is_found_wherever_it_stands()
    {
        using var context = new BadSamples.UnclassifiedDbContext(new DbContextOptionsBuilder().UseNpgsql().Options);
        var columns = ModelColumn.Of(context.Model);

        Unclassified(columns).ShouldBe(["Pet.Birthday", "Pet.Nicknames", "Home.Street", "Vet.Name", "Toy.Name"], ignoreOrder: true);
        columns.Single(column => column.Property == "Pet.Name").Classification.ShouldBe(Classifications.Personal);
        columns.Single(column => column.Property == "Pet.Chip").Classification.ShouldBe(Classifications.Secret);
        columns.Single(column => column.Property == "Pet.Kind").Classification.ShouldBe(DataClassification.None);
        columns
            .Single(column => column.Property == "Pet.Weight")
            .Classification.ShouldBe(Classifications.Personal, "what is said comes first");
        columns.Single(column => column.Property == "Pet.Password").Classification.ShouldBe(Classifications.Secret);
        columns.Single(column => column.Property == "UserReference.Username").Classification.ShouldBe(Classifications.Personal);
    }

    private static List<string> Unclassified(IEnumerable<ModelColumn> columns) =>
        [.. columns.Where(column => column.Classification == DataClassification.Unknown).Select(column => column.Property)];
}
