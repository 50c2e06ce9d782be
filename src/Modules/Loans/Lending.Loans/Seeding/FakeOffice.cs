using Lending.Kernel;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Where and among whom a made-up offer lives.</summary>
internal sealed record FakeOffice
{
    public string Name { get; init; } = "Fake Solar GmbH";
    public string Currency { get; init; } = "EUR";
    public string TimeZone { get; init; } = "Europe/Berlin";
    public SeedLocale Language { get; init; } = SeedLocale.De;

    /// <summary>Who makes offers.</summary>
    public IReadOnlyList<UserReference> Installers { get; init; } =
    [new(new SeedRandom(42, "installers", 0).Id(new SeedCalendar(SeedOptions.DefaultUntil).Begin), "fake-installer")];

    /// <summary>Who decides on some of them.</summary>
    public IReadOnlyList<UserReference> Underwriters { get; init; } = [];

    /// <summary>Who makes products.</summary>
    public UserReference Administrator { get; init; } =
        new(new SeedRandom(42, "administrators", 0).Id(new SeedCalendar(SeedOptions.DefaultUntil).Begin), "fake-administrator");

    /// <summary>What is said here in the office's language.</summary>
    public string Say(string german, string english) => Language == SeedLocale.En ? english : german;
}
