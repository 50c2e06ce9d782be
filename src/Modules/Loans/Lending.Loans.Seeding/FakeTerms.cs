using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Amount, rate and term of loans for green technology: 4,000 to 70,000, 2.99 % to 8.49 %, 2 to 20 years.</summary>
internal static class FakeTerms
{
    // What is bought, what it costs in whole hundreds (least, usual, most), how long people pay for it, and how often it is bought.
    private static readonly (int Weight, (int Least, int Usual, int Most, (int Weight, int Months)[] Terms) Item)[] Purchases =
    [
        (34, (70, 140, 260, Terms(36, 180))), // solar panels
        (12, (40, 85, 150, Terms(24, 120))), // a storage
        (22, (120, 210, 380, Terms(60, 240))), // panels with a storage
        (24, (140, 245, 420, Terms(60, 240))), // a heat pump
        (8, (280, 420, 700, Terms(84, 240))), // a heat pump with panels and a storage
    ];

    // Ten years are the usual term of the subsidised loans, five and seven those of banks.
    private static (int Weight, int Months)[] Terms(int least, int most) =>
        [
            .. new (int Weight, int Months)[]
            {
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
            }.Where(term => term.Months >= least && term.Months <= most),
        ];

    public static LoanTerms Of(Currency currency, SeedRandom random)
    {
        var (least, usual, most, terms) = random.Pick(Purchases);
        // The better of two draws on each side lies near the usual price: a triangle, without logarithms that differ between machines.
        var hundreds = random.Chance(50)
            ? Math.Max(random.Number(least, usual), random.Number(least, usual))
            : Math.Min(random.Number(usual, most), random.Number(usual, most));
        var amount = random.Chance(70) ? 100m * hundreds : Math.Min(100m * hundreds + random.Number(0, 9_999) / 100m, 100m * most);
        var months = random.Pick(terms);
        // Longer money costs more; a tenth is subsidised.
        var basisPoints = random.Chance(10) ? 299 : 349 + months + 5 * random.Number(0, 52);
        return new LoanTerms(currency.Round(amount), basisPoints / 100m, months, currency);
    }
}
