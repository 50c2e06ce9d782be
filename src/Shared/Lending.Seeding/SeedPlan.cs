using Lending.Kernel;

namespace Lending.Seeding;

/// <summary>What is going to be made. Nothing in it grows with the number of rows: neighbours' rows are made again where they are needed.</summary>
public sealed class SeedPlan(SeedOptions options)
{
    /// <summary>What was asked for.</summary>
    public SeedOptions Options { get; } = options;

    /// <summary>When things happened.</summary>
    public SeedCalendar Calendar { get; } = new(options.Until);

    /// <summary>The organisations that all data belongs to.</summary>
    public List<SeededOrganization> Organizations { get; } = [];

    /// <summary>The customer of a number, from 0 to the organisation's count.</summary>
    public Func<SeededOrganization, int, SeededCustomer> Customer { get; set; } =
        (_, _) => throw new InvalidOperationException("The Customers module has not told its customers yet.");

    /// <summary>The account of a customer at some time; null where they had no password then.</summary>
    public Func<SeededOrganization, SeededCustomer, DateTimeOffset, UserReference?> Account { get; set; } = (_, _, _) => null;

    private readonly Dictionary<Type, object> told = [];

    /// <summary>Tells what an organisation has of a kind, in the type of the module's contract, for modules that build upon it. It is made anew each time.</summary>
    /// <param name="rows">Makes them; where more are there than are asked for, some of the whole time.</param>
    public void Tell<T>(Func<SeededOrganization, int, IEnumerable<T>> rows) => told[typeof(T)] = rows;

    /// <summary>What a neighbour has told of an organisation: at most so many. None where nobody has.</summary>
    public IEnumerable<T> Told<T>(SeededOrganization organization, int count) =>
        told.TryGetValue(typeof(T), out var rows)
            ? ((Func<SeededOrganization, int, IEnumerable<T>>)rows)(organization, count).Take(count)
            : [];

    /// <summary>The accounts a person can log in with, to print at the end.</summary>
    public List<DemoAccount> Accounts { get; } = [];

    /// <summary>The chance of one row.</summary>
    public SeedRandom Random(string kind, long number) => new(Options.Seed, kind, number);

    /// <summary>Shares a total among organisations as evenly as possible: the first row and the number of rows of one of them.</summary>
    public static (int First, int Count) PartOf(int total, int organization, int organizations)
    {
        var first = (int)((long)total * organization / organizations);
        return (first, (int)((long)total * (organization + 1) / organizations) - first);
    }
}

/// <summary>An organisation that is going to be made.</summary>
public sealed record SeededOrganization
{
    /// <summary>Its key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which one it is, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its currency's code.</summary>
    public required string Currency { get; init; }

    /// <summary>Its time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The language that most of its customers speak.</summary>
    public required SeedLocale Language { get; init; }

    /// <summary>Its installers; the first organisation's first one has a demo account.</summary>
    public required IReadOnlyList<UserReference> Installers { get; init; }

    /// <summary>Its underwriters; the first organisation's first one has a demo account.</summary>
    public IReadOnlyList<UserReference> Underwriters { get; init; } = [];

    /// <summary>Who manages its users and products; the first organisation's has a demo account.</summary>
    public required UserReference Administrator { get; init; }

    /// <summary>How many customers earlier organisations have.</summary>
    public int FirstCustomer { get; init; }

    /// <summary>How many customers it has.</summary>
    public int CustomerCount { get; init; }

    /// <summary>The number of the customer with the demo account, in one organisation.</summary>
    public int? DemoCustomer { get; init; }

    /// <summary>How many offers earlier organisations have.</summary>
    public int FirstOffer { get; init; }

    /// <summary>How many offers it has.</summary>
    public int OfferCount { get; init; }

    /// <summary>What is said here in the organisation's language.</summary>
    public string Say(string german, string english) => Language == SeedLocale.En ? english : german;
}

/// <summary>A customer that is going to be made.</summary>
/// <param name="Number">Which one it is of its organisation.</param>
/// <param name="Id">Its key.</param>
/// <param name="FullName">First and last name.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="PostalAddress">The address in lines.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record SeededCustomer(int Number, Guid Id, string FullName, string Email, string PostalAddress, DateTimeOffset CreatedAt);

/// <summary>An account with a password that is no secret.</summary>
public sealed record DemoAccount(string Role, string Username, string Password);
