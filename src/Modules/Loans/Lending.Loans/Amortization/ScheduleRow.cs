namespace Lending.Loans.Amortization;

/// <summary>One instalment: what is paid on the due date, how it splits, and what is owed afterwards.</summary>
internal readonly record struct ScheduleRow(
    int Number,
    DateOnly DueDate,
    decimal Payment,
    decimal Principal,
    decimal Interest,
    decimal Balance
);
