namespace Lending.Seeding;

/// <summary>How much fake data to make, and of which kind. The same options make the same data, ids and times included.</summary>
public sealed record SeedOptions
{
    /// <summary>The day before which everything happened where nobody names another: a fixed one, so that a seed means the same every day.</summary>
    public static readonly DateOnly DefaultUntil = new(2026, 11, 1);

    /// <summary>How many organisations in all.</summary>
    public int Organizations { get; init; } = 1;

    /// <summary>How many installers in all organisations together; each has at least one.</summary>
    public int Installers { get; init; } = 2;

    /// <summary>How many customers in all organisations together.</summary>
    public int Customers { get; init; }

    /// <summary>How many loan offers in all organisations together.</summary>
    public int Offers { get; init; }

    /// <summary>For how many of the offers that were paid out, at most, there are loan accounts with their books, in all organisations together.</summary>
    public int LoanAccounts { get; init; }

    /// <summary>Another number makes other data.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>The languages of the people.</summary>
    public SeedLocale Locale { get; init; } = SeedLocale.Mixed;

    /// <summary>Everything happened in the three years before this day begins (UTC).</summary>
    public DateOnly Until { get; init; } = DefaultUntil;

    /// <summary>What is wrong with these numbers together, or null.</summary>
    public string? Fault =>
        Organizations < 1 ? "There must be at least one organisation."
        : Installers < Organizations ? "Each organisation has at least one installer."
        : Customers < 0 || Offers < 0 || LoanAccounts < 0 ? "There cannot be fewer than none."
        : Offers > 0 && Customers < Organizations ? "Offers need a customer in each organisation."
        : Until.Year is < 2000 or > 2100 ? "The day must lie between the years 2000 and 2100."
        : null;
}

/// <summary>The languages of made-up people; the names are those of the command line.</summary>
public enum SeedLocale
{
    /// <summary>German, in Germany.</summary>
    De,

    /// <summary>English, in the United States.</summary>
    En,

    /// <summary>Organisations take turns; a third of each one's customers speak the other language.</summary>
    Mixed,
}
