using Lending.Kernel;
using Lending.Loans.Contracts;

namespace Lending.Disclosures.Form;

/// <summary>Everything that a form is made of. Equal facts give equal forms.</summary>
public sealed record FormFacts
{
    /// <summary>The version of the offer.</summary>
    public required OfferedCredit Credit { get; init; }

    /// <summary>The creditor.</summary>
    public required CreditorDetails Creditor { get; init; }

    /// <summary>What is bought with the credit, where it is linked to that.</summary>
    public string? Goods { get; init; }

    /// <summary>The security that the customer gives.</summary>
    public string? Sureties { get; init; }

    /// <summary>The day on which the form is given, where the creditor is.</summary>
    public required DateOnly GivenOn { get; init; }

    /// <summary>The last day on which the offer can be accepted; null until the creditor is bound by it.</summary>
    public DateOnly? ValidThrough { get; init; }

    internal Currency Currency => Currency.Get(Credit.Currency);

    internal decimal TotalMonthlyFees => Credit.MonthlyFee * Credit.Instalments.Count;

    internal bool HasCharges =>
        Creditor.AccountCharges is not null
        || Credit is { UpfrontFee: not 0 } or { FinancedFee: not 0 } or { MonthlyFee: not 0 } or { DealerFee: not 0 };

    /// <summary>Runs of equal instalments: how many, and how much each is.</summary>
    internal IReadOnlyList<(int Count, decimal Payment)> Runs
    {
        get
        {
            var runs = new List<(int Count, decimal Payment)>();
            foreach (var instalment in Credit.Instalments)
            {
                if (runs.Count > 0 && runs[^1].Payment == instalment.Payment)
                {
                    runs[^1] = (runs[^1].Count + 1, instalment.Payment);
                }
                else
                {
                    runs.Add((1, instalment.Payment));
                }
            }
            return runs;
        }
    }
}
