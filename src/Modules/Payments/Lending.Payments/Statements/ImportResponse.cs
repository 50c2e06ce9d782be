namespace Lending.Payments.Statements;

/// <summary>What became of a file.</summary>
internal sealed record ImportResponse
{
    /// <summary>The file.</summary>
    public required BankStatementResponse Statement { get; init; }

    /// <summary>How many of its lines are booked on loan accounts.</summary>
    /// <example>41</example>
    public required int Booked { get; init; }

    /// <summary>How many a person has to look at: see `GET /work-items`.</summary>
    /// <example>2</example>
    public required int Open { get; init; }

    /// <summary>How many the bank had told of in another file before.</summary>
    /// <example>0</example>
    public required int Known { get; init; }

    /// <summary>How many a person has dismissed.</summary>
    /// <example>0</example>
    public required int Dismissed { get; init; }
}
