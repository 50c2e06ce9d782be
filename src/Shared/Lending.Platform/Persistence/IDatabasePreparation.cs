namespace Lending.Platform.Persistence;

/// <summary>Rows that a module cannot work without, written right after the migrations. Running it again changes nothing.</summary>
public interface IDatabasePreparation
{
    /// <summary>Writes what is missing.</summary>
    Task PrepareAsync(CancellationToken ct);
}
