using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Papers;

/// <summary>The repayment plan of a loan (§ 492(3) BGB, Art. 247 § 14 EGBGB): when which instalment is paid, and what it consists of.</summary>
internal sealed record RepaymentPlan
{
    /// <summary>The account.</summary>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The day as of which it is.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>What is lent.</summary>
    public required decimal Principal { get; init; }

    /// <summary>The nominal annual rate.</summary>
    /// <example>4.9</example>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>All instalments, with what was paid.</summary>
    public required IReadOnlyList<PlanInstalment> Instalments { get; init; }

    public static RepaymentPlan Of(LoanAccount account, LoanState state) =>
        new()
        {
            LoanAccountId = account.Id,
            Currency = account.Currency,
            AsOf = state.AsOf,
            Principal = account.Principal,
            AnnualRatePercent = state.AnnualRatePercent,
            Instalments =
            [
                .. state.Schedule.Select(row => new PlanInstalment
                {
                    Number = row.Number,
                    DueOn = row.DueOn,
                    Amount = row.Due,
                    Principal = row.Principal,
                    Interest = row.Interest,
                    OtherCosts = row.Fees + row.Penalties,
                    Paid = row.Paid,
                    PrincipalAfter = row.Balance,
                }),
            ],
        };
}

/// <summary>An instalment of a plan.</summary>
internal sealed record PlanInstalment
{
    /// <summary>1, 2, ….</summary>
    public required int Number { get; init; }

    /// <summary>The day by which it is paid.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>All of it.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What it repays.</summary>
    public required decimal Principal { get; init; }

    /// <summary>Contract interest.</summary>
    public required decimal Interest { get; init; }

    /// <summary>Fees and penalties that are due with it.</summary>
    public required decimal OtherCosts { get; init; }

    /// <summary>What was paid of it.</summary>
    public required decimal Paid { get; init; }

    /// <summary>The principal of all later instalments.</summary>
    public required decimal PrincipalAfter { get; init; }
}
