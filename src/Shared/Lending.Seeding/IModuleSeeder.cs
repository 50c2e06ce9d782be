namespace Lending.Seeding;

/// <summary>Makes a module's fake data. Modules run in the host's order; the last one is emptied first.</summary>
public interface IModuleSeeder
{
    /// <summary>Tells the plan what neighbours may build upon. Writes nothing.</summary>
    void Prepare(SeedPlan plan);

    /// <summary>Writes the module's rows.</summary>
    Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct);

    /// <summary>Deletes every row of the module that belongs to these organisations.</summary>
    Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct);
}
