using Lending.Platform.Seeding;

namespace Lending.Customers.Seeding;

/// <summary>Where made-up people live and how they are called up: cities whose state, postal codes and telephone numbers agree.</summary>
internal sealed record FakePlace(string City, string State, int FirstPostalCode, int LastPostalCode)
{
    private static readonly FakePlace[] _german =
    [
        new("Berlin", "Berlin", 10115, 14199),
        new("Hamburg", "Hamburg", 20095, 22769),
        new("München", "Bayern", 80331, 81929),
        new("Köln", "Nordrhein-Westfalen", 50667, 51149),
        new("Frankfurt am Main", "Hessen", 60308, 60599),
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
        new("Austin", "Texas", 78701, 78759),
        new("Denver", "Colorado", 80202, 80239),
        new("San Diego", "California", 92101, 92131),
        new("Sacramento", "California", 95814, 95838),
        new("Phoenix", "Arizona", 85003, 85054),
        new("Portland", "Oregon", 97201, 97239),
        new("Seattle", "Washington", 98101, 98199),
        new("Boston", "Massachusetts", 2108, 2136),
        new("Raleigh", "North Carolina", 27601, 27617),
        new("Atlanta", "Georgia", 30303, 30331),
        new("Columbus", "Ohio", 43201, 43235),
        new("Minneapolis", "Minnesota", 55401, 55423),
        new("Albuquerque", "New Mexico", 87101, 87123),
        new("Salt Lake City", "Utah", 84101, 84124),
        new("Madison", "Wisconsin", 53703, 53719),
        new("Tampa", "Florida", 33602, 33647),
    ];

    // The numbers that the Bundesnetzagentur keeps for films: nobody's telephone ever rings.
    private static readonly string[] _germanNumbers =
    [
        "+49 30 23125###",
        "+49 69 90009###",
        "+49 40 66969###",
        "+49 221 4710###",
        "+49 89 99998###",
        "+49 152 28817386",
        "+49 152 28895456",
        "+49 172 9925904",
        "+49 172 9968532",
        "+49 174 9091317",
        "+49 176 040690##",
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

    /// <summary>The 555-01xx numbers of the United States are kept for films, too.</summary>
    public static string PhoneNumber(SeedLocale language, SeedRandom random) =>
        random.Digits(
            language == SeedLocale.En
                ? random.Pick(["+1 (512) 555-01##", "+1 (303) 555-01##", "+1 (617) 555-01##"])
                : random.Pick(_germanNumbers)
        );
}
