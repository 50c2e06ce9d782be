namespace Lending.Servicing.Books.Tests;

public sealed class LoanSimulationTests
{
    private static readonly SimulatedLoan _loan = new()
    {
        Principal = 1_000,
        AnnualRatePercent = 6,
        FirstDueOn = new(2026, 2, 1),
        Count = 12,
        AsOf = new(2026, 6, 1),
        Events =
        [
            new EventDocument
            {
                Type = "tranche",
                On = new(2026, 1, 1),
                Amount = 1_000,
            },
        ],
    };

    public static TheoryData<string, SimulatedLoan> Mistakes =>
        new()
        {
            { "currency", _loan with { Currency = "XYZ" } },
            { "dayCount", _loan with { DayCount = "30/365" } },
            { "rounding", _loan with { Rounding = "sometimes" } },
            { "interestRounding", _loan with { InterestRounding = "never" } },
            { "allocation", _loan with { Allocation = "mine" } },
            { "surplus", _loan with { Surplus = "gone" } },
            { "firstDueOn", _loan with { FirstDueOn = null } },
            { "instalments", _loan with { Count = 0 } },
            { "order", _loan with { Instalments = [new(new(2026, 3, 1)), new(new(2026, 2, 1))] } },
            { "too far", _loan with { AsOf = new(2300, 1, 1) } },
            { "amount", _loan with { MonthlyFee = -1 } },
            {
                "amount",
                With(
                    new EventDocument
                    {
                        Type = "payment",
                        On = new(2026, 2, 1),
                        Amount = 1.001m,
                    }
                )
            },
            { "type", With(new EventDocument { Type = "miracle", On = new(2026, 2, 1) }) },
            {
                "of",
                With(
                    new EventDocument
                    {
                        Type = "reversal",
                        On = new(2026, 2, 1),
                        Of = "nothing",
                    }
                )
            },
            {
                "re-age",
                With(
                    new EventDocument
                    {
                        Type = "re-age",
                        On = new(2026, 2, 1),
                        FromDueOn = new(2026, 3, 1),
                    }
                )
            },
            { "base rate", With(new EventDocument { Type = "base-rate", On = new(2026, 2, 1) }) },
            {
                "overlap",
                _loan with
                {
                    Events =
                    [
                        .. Enumerable.Repeat(
                            new EventDocument
                            {
                                Type = "base-rate",
                                On = new(2026, 2, 1),
                                AnnualRatePercent = 1,
                            },
                            2
                        ),
                    ],
                }
            },
            { "overlap", _loan with { BaseRates = [new(new(2026, 1, 1), new(2025, 1, 1), 1, "")] } },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_are_told_by_name(string name, SimulatedLoan loan) =>
        Should.Throw<FormatException>(() => LoanSimulation.Run(loan)).Message.ShouldContain(name);

    [Fact]
    public void A_loan_of_one_minor_unit_has_a_life_in_any_currency()
    {
        foreach (var (currency, unit) in new[] { ("EUR", 0.01m), ("JPY", 1m), ("KWD", 0.001m) })
        {
            var loan = _loan with
            {
                Currency = currency,
                Principal = unit,
                Count = 2,
                Events =
                [
                    new EventDocument
                    {
                        Type = "tranche",
                        On = new(2026, 1, 1),
                        Amount = unit,
                    },
                ],
            };

            var state = LoanSimulation.Run(loan).State;

            state.PrincipalOutstanding.ShouldBe(unit);
            state.Schedule.Sum(row => row.Principal).ShouldBe(unit);
        }
    }

    [Fact]
    public void Events_of_which_each_is_a_payoff_take_no_longer_with_each()
    {
        var payoffs = Enumerable
            .Range(0, 10)
            .Select(day => new EventDocument
            {
                Type = "payment",
                On = new DateOnly(2026, 2, 1).AddDays(day),
                Amount = 1,
                IsPayoff = true,
            });

        var state = LoanSimulation.Run(_loan with { Events = [.. _loan.Events, .. payoffs], HasEarlyRepaymentCompensation = true }).State;

        state.PrincipalOutstanding.ShouldBe(1_000 - state.Allocations.Sum(allocation => allocation.Of(ClaimKind.Principal)));
    }

    private static SimulatedLoan With(EventDocument happened) => _loan with { Events = [.. _loan.Events, happened] };
}
