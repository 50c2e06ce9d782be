using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Tells how late a borrower is at the end of a day, as it was known at a time, and whether the loan may be called due (§ 498 BGB). Customers ask for their own
/// loans.
/// </summary>
internal sealed class GetArrears(LoanStates states) : Endpoint<StateRequest, Results<Ok<GetArrears.ArrearsResponse>, Problem>>
{
    internal sealed record ArrearsResponse
    {
        /// <summary>The day.</summary>
        /// <example>2026-12-31</example>
        public required DateOnly AsOf { get; init; }

        /// <summary>Days since the oldest unpaid cent was due.</summary>
        /// <example>35</example>
        public required int DaysPastDue { get; init; }

        /// <summary>The range of these days; null where nothing is overdue.</summary>
        /// <example>31-60</example>
        public required string? Bucket { get; init; }

        /// <summary>What is overdue: instalments as owed, with fees.</summary>
        /// <example>517.32</example>
        public required decimal Overdue { get; init; }

        /// <summary>What is overdue of each instalment, the oldest first.</summary>
        public required IReadOnlyList<OverdueInstalment> Instalments { get; init; }

        /// <summary>How many instalments in a row are wholly or partly overdue.</summary>
        /// <example>2</example>
        public required int ConsecutiveInstalments { get; init; }

        /// <summary>Whether that is enough for the notice before the loan is called due.</summary>
        public required bool AllowsNotice { get; init; }

        /// <summary>The day of the last notice; null where there was none.</summary>
        /// <example>2026-12-20</example>
        public required DateOnly? NoticeServedOn { get; init; }

        /// <summary>The first day after the notice's two weeks, if something of what it asked for is unpaid then; null where there was no notice.</summary>
        /// <example>2027-01-05</example>
        public required DateOnly? CallableFrom { get; init; }

        /// <summary>Whether § 498 BGB lets the loan be called due on the day. Whether forbearance was offered is asked when that is recorded.</summary>
        public required bool AllowsCallingDue { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/arrears");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<ArrearsResponse>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var (found, problem) = await states.ReadAsync(Route<Guid>("id"), request, ct);
        if (found is not var (_, contract, state))
        {
            return problem!;
        }
        return TypedResults.Ok(
            new ArrearsResponse
            {
                AsOf = state.AsOf,
                DaysPastDue = state.Arrears.DaysPastDue,
                Bucket = ArrearsBucket.Of(state.Arrears.DaysPastDue, ArrearsBucket.Usual)?.Name,
                Overdue = state.Arrears.Amount,
                Instalments = state.Arrears.Instalments,
                ConsecutiveInstalments = state.Arrears.ConsecutiveInstalments,
                AllowsNotice = CallingDue.AllowsNotice(contract, state),
                NoticeServedOn = state.NoticeServedOn,
                CallableFrom = state.NoticeServedOn is { } notice ? CallingDue.AllowedFrom(notice) : null,
                AllowsCallingDue = state.IsRunning && CallingDue.FindObstacle(state) is null,
            }
        );
    }
}
