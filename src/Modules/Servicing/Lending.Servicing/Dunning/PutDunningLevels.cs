using FastEndpoints;
using FluentValidation;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>Sets the organisation's levels of dunning, and what it does not ask for. Letters that were written and accounts that were opened stay.</summary>
/// <response code="409">`concurrent-change`: somebody else sets them at the same time.</response>
internal sealed class PutDunningLevels(ServicingDbContext db, Transactions transactions, Caller caller, OrganizationClock clock)
    : Endpoint<DunningLevels, Results<Ok<DunningLevels>, Problem>>
{
    private const int MostLevels = 5;
    private const int MostDays = 365;

    // More than the interest of a day is no oversight.
    private const decimal MostTolerance = 20;

    // § 498(1) no. 2 BGB.
    private const int DaysOfNotice = 14;

    internal sealed class Validator : Validator<DunningLevels>
    {
        public Validator()
        {
            RuleFor(request => request.ClosingTolerance).InclusiveBetween(0, MostTolerance).PrecisionScale(4, 2, ignoreTrailingZeros: true);
            RuleFor(request => request.Levels).NotNull();
            RuleFor(request => request.Levels)
                .Must(levels => levels!.Count is > 0 and <= MostLevels && levels.All(IsLevel))
                .When(request => request.Levels is not null)
                .WithMessage($"There are one to {MostLevels}, each of 1 to {MostDays} days.")
                .Must(levels =>
                    levels!.Where(level => level?.ThreatensCallingDue == true).All(level => level.PayWithinDays >= DaysOfNotice)
                    && levels!.SkipLast(1).All(level => level?.ThreatensCallingDue != true)
                )
                .When(request => request.Levels is not null)
                .WithErrorCode("not-a-notice")
                .WithMessage("What threatens to call the loan due is the last level, and gives two weeks at least.");
        }

        private static bool IsLevel(DunningLevel? level) =>
            level is { AfterDays: >= 1 and <= MostDays, PayWithinDays: >= 1 and <= MostDays };
    }

    public override void Configure()
    {
        Put("dunning-levels");
        Permissions(ServicingPermission.Ledger);
    }

    public override async Task<Results<Ok<DunningLevels>, Problem>> ExecuteAsync(DunningLevels request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        await db.DunningPolicies.ExecuteDeleteAsync(ct);
        db.Add(DunningPolicy.Of(request, caller.Reference, clock.GetStorableNow()));
        // Those that went were not loaded.
        db.Note(AuditAction.Update, nameof(DunningPolicy), entityId: null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(request);
    }
}
