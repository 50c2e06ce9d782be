using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Lists the schedule versions that a loan account has had by the end of a day, as it was known at a time, the first one first: each with what made it and
/// with its instalments as they stood then. Customers see those of their own accounts.
/// </summary>
internal sealed class ListSchedules(ServicingDbContext db, KnownBaseRates rates, OrganizationClock clock)
    : Endpoint<StateRequest, Results<Ok<ListSchedules.Schedules>, Problem>>
{
    internal sealed record Schedules
    {
        /// <summary>The versions.</summary>
        public required IReadOnlyList<Schedule> Versions { get; init; }
    }

    /// <summary>A version.</summary>
    internal sealed record Schedule
    {
        /// <summary>1 is the first one.</summary>
        /// <example>1</example>
        public required int Number { get; init; }

        /// <summary>From when it holds.</summary>
        /// <example>2026-12-20</example>
        public required DateOnly EffectiveOn { get; init; }

        /// <summary>The event that made it.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public required Guid EventId { get; init; }

        /// <summary>What sort of event that is.</summary>
        /// <example>reschedule</example>
        public required string Cause { get; init; }

        /// <summary>Why, where somebody had to say so.</summary>
        /// <example>hardship</example>
        public required string? Reason { get; init; }

        /// <summary>The document with which the customer consented, where it was needed.</summary>
        public required ConsentDocument? Consent { get; init; }

        /// <summary>The instalments, with what had been paid of them by then.</summary>
        public required IReadOnlyList<ScheduledInstalment> Instalments { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/schedules");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Schedules>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var id = Route<Guid>("id");
        if (await db.LoanAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } account)
        {
            return Problem.NotFound;
        }
        var rows = await db.LoanEvents.AsNoTracking().Where(row => row.LoanAccountId == id).ToDictionaryAsync(row => row.Id, ct);
        var plans = LoanReplay.PlansAt(
            account.ReadContract(),
            rows.Values.Select(row => row.ToEvent()),
            request.DayOf(now),
            await rates.GetAsync(ct),
            request.KnownAt
        );
        return TypedResults.Ok(new Schedules { Versions = [.. plans.Select(plan => Of(plan, rows[plan.Version.Cause].ReadDocument()))] });
    }

    private static Schedule Of(SchedulePlan plan, EventDocument cause) =>
        new()
        {
            Number = plan.Version.Number,
            EffectiveOn = plan.Version.EffectiveOn,
            EventId = plan.Version.Cause,
            Cause = cause.Type,
            Reason = cause.Reason,
            Consent = cause.Consent,
            Instalments = plan.Instalments,
        };
}
