namespace Lending.Platform.Persistence;

/// <summary>
/// Locks for the rows of a query, which EF has no words for: <c>TagWith(RowLocks.KeyShare)</c>. Raw SQL would do, too, but EF then makes the
/// statement anew for each call.
/// </summary>
public static class RowLocks
{
    /// <summary>The lock that a foreign key takes: updates go on, a deletion waits.</summary>
    public const string KeyShare = "FOR KEY SHARE";

    /// <summary>The lock that an update takes: who wants it, too, waits and then finds the row as it has become. References to it go on.</summary>
    public const string Update = "FOR NO KEY UPDATE";
}
