using Bogus;
using Bogus.Bson;

namespace Lending.Seeding;

/// <summary>The names that people of one language have: Bogus' lists, read once, as drawing from them through Bogus takes too long.</summary>
public sealed class FakeNames
{
    private FakeNames(string locale)
    {
        First = Read(locale, "name", "first_name");
        Last = Read(locale, "name", "last_name");
    }

    /// <summary>German names.</summary>
    public static FakeNames German { get; } = new("de");

    /// <summary>English names.</summary>
    public static FakeNames English { get; } = new("en");

    /// <summary>First names.</summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>Last names.</summary>
    public IReadOnlyList<string> Last { get; }

    /// <summary>The names of this language.</summary>
    public static FakeNames Of(SeedLocale language) => language == SeedLocale.En ? English : German;

    /// <summary>One of Bogus' lists.</summary>
    public static IReadOnlyList<string> Read(string locale, string category, string list) =>
        [
            .. ((BArray)Database.Get(category, list, locale))
                .OfType<BValue>()
                .Select(value => value.StringValue)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The e-mail address of somebody, at a domain that is reserved for examples: no mail ever reaches a stranger. The number keeps it unique.
    /// </summary>
    public static string Email(string firstName, string lastName, long number) =>
        $"{Plain(firstName)}.{Plain(lastName)}-{number}@example.org";

    /// <summary>A name in the letters that addresses and user names are made of.</summary>
    public static string Plain(string name)
    {
        var plain = new System.Text.StringBuilder(name.Length + 2);
        foreach (var letter in name.ToLowerInvariant())
        {
            _ = letter switch
            {
                'ä' => plain.Append("ae"),
                'ö' => plain.Append("oe"),
                'ü' => plain.Append("ue"),
                'ß' => plain.Append("ss"),
                >= 'a' and <= 'z' => plain.Append(letter),
                _ => plain,
            };
        }
        return plain.ToString();
    }
}
