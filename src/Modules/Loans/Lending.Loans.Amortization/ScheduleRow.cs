namespace Lending.Loans.Amortization;

/// <summary>One instalment: what is paid on the due date, how it splits, and what is owed afterwards.</summary>
/// <param name="Number">Which instalment it is: 1, 2, ….</param>
/// <param name="DueDate">The day by which it is paid.</param>
/// <param name="Payment">What is paid: principal and interest.</param>
/// <param name="Principal">What it takes off the balance.</param>
/// <param name="Interest">What the month cost.</param>
/// <param name="Balance">What is owed afterwards.</param>
public readonly record struct ScheduleRow(
    int Number,
    DateOnly DueDate,
    decimal Payment,
    decimal Principal,
    decimal Interest,
    decimal Balance
);
