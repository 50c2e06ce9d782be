using Lending.Seeding;

namespace Lending.Customers.Seeding;

/// <summary>Where made-up people live and how they are called up: cities whose state and postal codes agree.</summary>
/// <param name="City">The city.</param>
/// <param name="State">The state that it lies in.</param>
/// <param name="FirstPostalCode">Its smallest postal code.</param>
/// <param name="LastPostalCode">Its largest postal code.</param>
/// <param name="Telephone">Its numbers that nobody has; null where none are kept free.</param>
internal sealed record FakePlace(string City, string State, int FirstPostalCode, int LastPostalCode, string? Telephone = null)
{
    private static readonly FakePlace[] _german =
    [
        new("Berlin", "Berlin", 10115, 14199, "+49 30 23125###"),
        new("Hamburg", "Hamburg", 20095, 22769, "+49 40 66969###"),
        new("München", "Bayern", 80331, 81929, "+49 89 99998###"),
        new("Köln", "Nordrhein-Westfalen", 50667, 51149, "+49 221 4710###"),
        new("Frankfurt am Main", "Hessen", 60308, 60599, "+49 69 90009###"),
        new("Stuttgart", "Baden-Württemberg", 70173, 70629),
        new("Düsseldorf", "Nordrhein-Westfalen", 40210, 40629),
        new("Leipzig", "Sachsen", 4103, 4357),
        new("Dresden", "Sachsen", 1067, 1328),
        new("Hannover", "Niedersachsen", 30159, 30659),
        new("Nürnberg", "Bayern", 90402, 90491),
        new("Bremen", "Bremen", 28195, 28779),
        new("Freiburg im Breisgau", "Baden-Württemberg", 79098, 79117),
        new("Karlsruhe", "Baden-Württemberg", 76131, 76229),
        new("Kiel", "Schleswig-Holstein", 24103, 24159),
        new("Rostock", "Mecklenburg-Vorpommern", 18055, 18147),
        new("Erfurt", "Thüringen", 99084, 99099),
        new("Mainz", "Rheinland-Pfalz", 55116, 55131),
        new("Saarbrücken", "Saarland", 66111, 66133),
        new("Potsdam", "Brandenburg", 14467, 14482),
        new("Magdeburg", "Sachsen-Anhalt", 39104, 39130),
        new("Münster", "Nordrhein-Westfalen", 48143, 48167),
    ];

    private static readonly FakePlace[] _american =
    [
        new("Austin", "Texas", 78701, 78759, "+1 (512) 555-01##"),
        new("Denver", "Colorado", 80202, 80239, "+1 (303) 555-01##"),
        new("San Diego", "California", 92101, 92131, "+1 (619) 555-01##"),
        new("Sacramento", "California", 95814, 95838, "+1 (916) 555-01##"),
        new("Phoenix", "Arizona", 85003, 85054, "+1 (602) 555-01##"),
        new("Portland", "Oregon", 97201, 97239, "+1 (503) 555-01##"),
        new("Seattle", "Washington", 98101, 98199, "+1 (206) 555-01##"),
        new("Boston", "Massachusetts", 2108, 2136, "+1 (617) 555-01##"),
        new("Raleigh", "North Carolina", 27601, 27617, "+1 (919) 555-01##"),
        new("Atlanta", "Georgia", 30303, 30331, "+1 (404) 555-01##"),
        new("Columbus", "Ohio", 43201, 43235, "+1 (614) 555-01##"),
        new("Minneapolis", "Minnesota", 55401, 55423, "+1 (612) 555-01##"),
        new("Albuquerque", "New Mexico", 87101, 87123, "+1 (505) 555-01##"),
        new("Salt Lake City", "Utah", 84101, 84124, "+1 (801) 555-01##"),
        new("Madison", "Wisconsin", 53703, 53719, "+1 (608) 555-01##"),
        new("Tampa", "Florida", 33602, 33647, "+1 (813) 555-01##"),
    ];

    // Numbers that the Bundesnetzagentur reserves for films; a block's weight is how many numbers it has.
    private static readonly (int Weight, string Number)[] _germanNumbers =
    [
        (1000, "+49 30 23125###"),
        (1000, "+49 69 90009###"),
        (1000, "+49 40 66969###"),
        (1000, "+49 221 4710###"),
        (1000, "+49 89 99998###"),
        (100, "+49 176 040690##"),
    ];

    private static readonly string[] _germanStreets = [.. FakeNames.Read("de", "address", "street_root")];

    private static readonly string[] _americanStreets = ["Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard"];

    /// <summary>The postal code, of five digits in both countries.</summary>
    public string PostalCode(SeedRandom random) => $"{random.Number(FirstPostalCode, LastPostalCode):00000}";

    public static FakePlace In(SeedLocale language, SeedRandom random) => random.Pick(language == SeedLocale.En ? _american : _german);

    /// <summary>Street and house number, in the order of the country.</summary>
    public static string Street(SeedLocale language, SeedRandom random) =>
        language == SeedLocale.En
            ? $"{random.Number(1, 9900)} {random.Pick(FakeNames.English.Last)} {random.Pick(_americanStreets)}"
            : $"{random.Pick(_germanStreets)} {random.Number(1, 140)}{(random.Chance(15) ? random.Pick(["a", "b", "c"]) : "")}";

    public static string SecondLine(SeedLocale language, SeedRandom random) =>
        language == SeedLocale.En
            ? $"Apt. {random.Number(1, 400)}"
            : random.Pick(["Hinterhaus", "Erdgeschoss", "1. Stock", "2. Stock", "3. Stock"]);

    /// <summary>A number of the city, or of another one where the city's own are all taken. The 555-01xx of the United States are kept for films, too.</summary>
    public string PhoneNumber(SeedRandom random) => random.Digits(Telephone ?? random.Pick(_germanNumbers));
}
