using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Papers;

/// <summary>
/// Lists the calendar years for which a loan account has statements, the last one first: from the first payout to today, as they were known at a time. `/statement` with the days of a year shows what
/// moved in it, `/interest-statement` with the year what of interest was paid. Customers see those of their own accounts.
/// </summary>
internal sealed class ListStatements(ServicingDbContext db, OrganizationClock clock)
    : Endpoint<ListStatements.Request, Results<Ok<ListStatements.Statements>, Problem>>
{
    internal sealed record Request : KnownRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new KnownRequest.Rules());
    }

    internal sealed record Statements
    {
        /// <summary>The years; none before the first payout.</summary>
        public required IReadOnlyList<StatementYear> Years { get; init; }
    }

    /// <summary>A calendar year.</summary>
    internal sealed record StatementYear
    {
        /// <summary>The year.</summary>
        /// <example>2026</example>
        public required int Year { get; init; }

        /// <summary>Its first day.</summary>
        /// <example>2026-01-01</example>
        public required DateOnly From { get; init; }

        /// <summary>Its last day; of this year, today.</summary>
        /// <example>2026-12-31</example>
        public required DateOnly To { get; init; }

        /// <summary>Whether it is over.</summary>
        /// <example>true</example>
        public required bool IsOver { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/statements");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Statements>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var today = request.KnownOn(now);
        var id = Route<Guid>("id");
        var known = request.KnownAt is { } time
            ? db.LoanEvents.Where(happened => happened.RecordedAt <= time.ToUniversalTime())
            : db.LoanEvents;
        var found = await db
            .LoanAccounts.Where(account => account.Id == id)
            .Select(account => new
            {
                FirstPayoutOn = known
                    .Where(happened => happened.LoanAccountId == account.Id && happened.Type == EventDocument.Tranche)
                    .Min(happened => (DateOnly?)happened.EffectiveOn),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        var first = found.FirstPayoutOn?.Year ?? today.Year + 1;
        return TypedResults.Ok(
            new Statements
            {
                Years =
                [
                    .. Enumerable
                        .Range(first, today.Year + 1 - first)
                        .Reverse()
                        .Select(year => new StatementYear
                        {
                            Year = year,
                            From = new DateOnly(year, 1, 1),
                            To = year == today.Year ? today : new DateOnly(year, 12, 31),
                            IsOver = year < today.Year,
                        }),
                ],
            }
        );
    }
}
