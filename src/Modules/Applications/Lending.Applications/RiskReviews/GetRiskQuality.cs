using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.RiskReviews;

/// <summary>Tells how good the risk scores are, by what people found out: how much of what they point at is fraud, and how much fraud they point at.</summary>
internal sealed class GetRiskQuality(ApplicationsDbContext db) : Endpoint<GetRiskQuality.Request, Ok<RiskQuality>>
{
    internal sealed record Request
    {
        /// <summary>Only what was labelled at this time or later.</summary>
        public DateTimeOffset? Since { get; init; }
    }

    public override void Configure()
    {
        Get("risk/quality");
        Permissions(ApplicationsPermission.Review);
    }

    public override async Task<Ok<RiskQuality>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var since = request.Since?.ToUniversalTime();
        var counts = await db
            .RiskAssessments.Where(risk => risk.LabelledAt != null && (since == null || risk.LabelledAt >= since))
            .GroupBy(risk => new { risk.Level, risk.Label })
            .Select(group => new LabelledCount(group.Key.Level, group.Key.Label!.Value, group.Count()))
            .ToListAsync(ct);
        return TypedResults.Ok(RiskQuality.Of(counts));
    }
}
