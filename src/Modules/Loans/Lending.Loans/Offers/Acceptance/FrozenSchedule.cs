using System.Text.Json;
using Lending.Loans.Amortization;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// The schedule that was accepted, as short as can be without computing any interest anew: what is paid, and what is owed after each instalment.
/// The rest of a row is a subtraction.
/// </summary>
internal sealed record FrozenSchedule
{
    public required DateOnly FirstDueDate { get; init; }

    public required decimal AmountOwed { get; init; }

    public required IReadOnlyList<InstalmentGroup> Instalments { get; init; }

    /// <summary>What is owed after each instalment.</summary>
    public required IReadOnlyList<decimal> Balances { get; init; }

    public static FrozenSchedule Of(LoanQuote quote) =>
        new()
        {
            FirstDueDate = quote.FirstDueDate,
            AmountOwed = quote.AmountOwed,
            Instalments = quote.Instalments,
            Balances = [.. quote.Schedule().Select(row => row.Balance)],
        };

    public static FrozenSchedule Parse(string json) => JsonSerializer.Deserialize(json, OfferJson.Default.FrozenSchedule)!;

    public string ToJson() => JsonSerializer.Serialize(this, OfferJson.Default.FrozenSchedule);

    /// <summary>One row for each instalment, in order.</summary>
    public IReadOnlyList<ScheduleRow> Rows()
    {
        var rows = new ScheduleRow[Balances.Count];
        foreach (var group in Instalments)
        {
            for (var number = group.FromNumber; number <= group.ToNumber; number++)
            {
                var balance = Balances[number - 1];
                var principal = (number == 1 ? AmountOwed : Balances[number - 2]) - balance;
                var dueDate = FirstDueDate.AddMonths(number - 1);
                rows[number - 1] = new ScheduleRow(number, dueDate, group.Payment, principal, group.Payment - principal, balance);
            }
        }
        return rows;
    }
}
