namespace Lending.Kernel;

/// <summary>
/// One kind of rows that an organisation may have deleted when they are old (GDPR, Art. 5 (1) e). A module registers one for each kind of its own; all calls
/// see the rows of the caller's organisation only, and take part in the caller's transaction.
/// </summary>
public interface IOldRecords
{
    /// <summary>What they are, as rules name it: <c>MESSAGES</c>.</summary>
    string Name { get; }

    /// <summary>How many months they are kept at least, whatever an organisation would like.</summary>
    int MinimumMonths { get; }

    /// <summary>Whether the months begin only when the year is over, as they do for what has to be kept by § 257 HGB.</summary>
    bool CountsFromYearsEnd => false;

    /// <summary>How many are older than this.</summary>
    Task<int> CountAsync(DateTimeOffset before, CancellationToken ct);

    /// <summary>Deletes some that are older than this; fewer than <paramref name="atMost"/> only where no more are left. Answers how many.</summary>
    Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct);
}
