using Lending.Servicing.Books;

namespace Lending.Servicing.Dunning;

/// <summary>An instalment that a letter demands.</summary>
/// <param name="DueOn">Since when it is overdue.</param>
/// <param name="Amount">What of its principal and interest is unpaid.</param>
internal sealed record DemandedInstalment(DateOnly DueOn, decimal Amount);

/// <summary>What a letter demands: all that is overdue on a day, once.</summary>
/// <param name="Instalments">Overdue instalments, the oldest first.</param>
/// <param name="Charges">Fees, penalties and costs as they were booked. A letter charges nothing itself.</param>
/// <param name="DefaultInterest">Default interest until the day.</param>
/// <param name="Credit">What the borrower has paid ahead.</param>
internal sealed record DunningDemand(
    IReadOnlyList<DemandedInstalment> Instalments,
    decimal Charges,
    decimal DefaultInterest,
    decimal Credit
)
{
    /// <summary>All of it.</summary>
    public decimal Total => Instalments.Sum(instalment => instalment.Amount) + Charges + DefaultInterest - Credit;

    public static DunningDemand Of(LoanState state) =>
        new(
            [
                .. state
                    .Schedule.Where(row => row.DueOn < state.AsOf)
                    .Select(row => new DemandedInstalment(row.DueOn, row.Principal - row.PrincipalPaid + row.Interest - row.InterestPaid))
                    .Where(row => row.Amount > 0),
            ],
            state.Fees + state.Penalties + state.EnforcementCosts,
            state.DefaultInterest,
            state.Credit
        );
}
