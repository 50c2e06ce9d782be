using System.Runtime.CompilerServices;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Made-up loan offers for heat pumps, solar panels and storages; the same call makes the same one.</summary>
internal static class Fake
{
    // What is bought, what it costs in whole hundreds (least, usual, most), and how often.
    private static readonly (int Weight, (int Least, int Usual, int Most) Price)[] Purchases =
    [
        (34, (70, 140, 260)), // solar panels
        (12, (40, 85, 150)), // a storage
        (22, (120, 210, 380)), // panels with a storage
        (24, (140, 245, 420)), // a heat pump
        (8, (280, 420, 700)), // a heat pump with panels and a storage
    ];

    private static readonly (int Weight, int Months)[] TermsInMonths =
    [
        (4, 24),
        (6, 36),
        (6, 48),
        (14, 60),
        (8, 72),
        (14, 84),
        (8, 96),
        (22, 120),
        (6, 144),
        (8, 180),
        (4, 240),
    ];

    private static readonly UserReference Installer = new(
        new SeedRandom(42, "installers", 0).Id(new SeedCalendar(SeedOptions.DefaultUntil).Begin),
        "fake-installer"
    );

    /// <summary>A customer as an offer names them.</summary>
    public static OfferCustomer Customer(int number = 0, int seed = 42, SeedLocale language = SeedLocale.De)
    {
        var random = new SeedRandom(seed, "customers", number);
        var names = FakeNames.Of(language);
        var (first, last) = (random.Pick(names.First), random.Pick(names.Last));
        return new OfferCustomer
        {
            Id = random.Id(new SeedCalendar(SeedOptions.DefaultUntil).Begin),
            FullName = $"{first} {last}",
            Email = FakeNames.Email(first, last, number),
            PostalAddress = $"Sonnenallee {number + 1}\n12045 Berlin\nDE",
        };
    }

    /// <summary>Amount, rate and term of a loan for green technology: 4,000 to 70,000, 2.99 % to 8.49 %, 2 to 20 years.</summary>
    public static LoanTerms Terms(Currency currency, SeedRandom random)
    {
        var (least, usual, most) = random.Pick(Purchases);
        // The mean of two draws on the same side lies near the usual price: a triangle, without logarithms that differ between machines.
        var hundreds = random.Chance(50)
            ? Math.Max(random.Number(least, usual), random.Number(least, usual))
            : Math.Min(random.Number(usual, most), random.Number(usual, most));
        var amount = random.Chance(70) ? 100m * hundreds : Math.Min(100m * hundreds + random.Number(0, 9_999) / 100m, 100m * most);
        var months = random.Pick(TermsInMonths);
        // Longer money costs more; a tenth is subsidised.
        var basisPoints = random.Chance(10) ? 299 : 349 + months + 5 * random.Number(0, 52);
        return new LoanTerms(currency.Round(amount), basisPoints / 100m, months, currency);
    }

    /// <summary>An offer that has become of what it was meant to, as far as there was time until the calendar ends.</summary>
    public static LoanOffer Offer(
        OfferCustomer customer,
        int number = 0,
        int seed = 42,
        OfferStatus fate = OfferStatus.Pending,
        SeedLocale language = SeedLocale.De,
        string currency = "EUR",
        string lender = "Solartechnik GmbH",
        string timeZone = "Europe/Berlin",
        IReadOnlyList<UserReference>? installers = null,
        DateTimeOffset? at = null,
        DateTimeOffset? until = null
    )
    {
        var random = new SeedRandom(seed, "offers", number);
        var created = at ?? new SeedCalendar(SeedOptions.DefaultUntil).Begin.AddYears(1);
        var staff = installers ?? [Installer];
        var offer = LoanOffer.Create(customer, Terms(Currency.Get(currency), random), lender, timeZone, random.Pick(staff), created);
        // Before anything is kept that names it.
        SetId(offer, random.Id(created));
        new FakeLife(offer, language, staff, timeZone, until ?? created.AddYears(1), random).Live(fate);
        foreach (var transition in offer.History)
        {
            SetId(transition, random.Id(transition.At));
        }
        return offer;
    }

    // Entities make their own keys, by chance: here they have to be the same ones each time.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(LoanOffer offer, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(OfferTransition transition, Guid id);
}
