using FsCheck;
using FsCheck.Fluent;

namespace Lending.Applications.Scoring.Tests;

/// <summary>Persons A and C of the published vectors, and made-up ones.</summary>
internal static class Cases
{
    public static CreditPolicy Policy => CreditPolicy.Standard;

    /// <summary>3,200 a month, 25,000 at 5.9 % in 120 months.</summary>
    public static DecisionInputs A { get; } = Person(netIncome: 3_200, housing: 850, debts: 0, instalment: 276.30m, months: 60);

    /// <summary>2,100 a month, 20,000 at 6.9 % in 120 months.</summary>
    public static DecisionInputs C { get; } = Person(netIncome: 2_100, housing: 700, debts: 180, instalment: 231.19m, months: 36);

    private static readonly Gen<ApplicantFacts> _applicants =
        from employment in Gen.Elements(Enum.GetValues<Employment>())
        from months in Gen.Elements(0, 11, 23, 24, 35, 36, 200)
        from arrears in Gen.Elements(0, 0, 1, 2, 5)
        from known in Gen.Elements<int?>(1, 2, 2, 3, 4, 5, null)
        from unclear in Gen.Elements(false, false, false, false, false, false, true)
        select new ApplicantFacts
        {
            Employment = employment,
            EmploymentMonths = months,
            Arrears = arrears,
            Bureau =
                unclear ? new(known is null ? BureauOutcome.Unavailable : BureauOutcome.Ambiguous, null)
                : known is null ? new(BureauOutcome.None, null)
                : new(BureauOutcome.Hit, known),
        };

    public static readonly Gen<DecisionInputs> Inputs =
        from income in Gen.Choose(0, 600_000)
        from stated in Gen.Choose(0, 200_000)
        from housing in Gen.Choose(0, 200_000)
        from debts in Gen.Elements(0, 0, 12_345, 40_000, 90_000)
        from adults in Gen.Choose(1, 3)
        from children in Gen.Choose(0, 4)
        from cars in Gen.Choose(0, 2)
        from instalment in Gen.Choose(1, 150_000)
        from share in Gen.Elements(0m, 5m, 9.99m, 10m, 20m, 60m)
        from first in _applicants
        from second in _applicants
        from isJoint in Gen.Elements(true, false)
        select new DecisionInputs
        {
            Budget = new()
            {
                NetIncome = income / 100m,
                StatedExpenses = stated / 100m,
                Housing = housing / 100m,
                ExistingInstalments = debts / 100m,
                Adults = adults,
                Children = children,
                Cars = cars,
            },
            Instalment = instalment / 100m,
            OwnSharePercent = share,
            Applicants = isJoint ? [first, second] : [first],
        };

    public static void ForAll(Action<DecisionInputs> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(Inputs), property));

    private static DecisionInputs Person(decimal netIncome, decimal housing, decimal debts, decimal instalment, int months) =>
        new()
        {
            Budget = new()
            {
                NetIncome = netIncome,
                StatedExpenses = 0,
                Housing = housing,
                ExistingInstalments = debts,
                Adults = 1,
                Children = 0,
                Cars = 1,
            },
            Instalment = instalment,
            OwnSharePercent = 0,
            Applicants =
            [
                new()
                {
                    Employment = Employment.Permanent,
                    EmploymentMonths = months,
                    Arrears = 0,
                    Bureau = new(BureauOutcome.Hit, 2),
                },
            ],
        };
}
