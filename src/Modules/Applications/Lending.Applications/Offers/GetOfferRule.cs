using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Offers;

/// <summary>Reads whether the organisation's offers need an approved application.</summary>
internal sealed class GetOfferRule(ApplicationsDbContext db) : EndpointWithoutRequest<Ok<OfferRuleResponse>>
{
    public override void Configure()
    {
        Get("application-rules");
        Permissions(ApplicationsPermission.Settings);
    }

    public override async Task<Ok<OfferRuleResponse>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(
            new OfferRuleResponse { NeedsApprovedApplication = await db.OfferRules.AnyAsync(rule => rule.NeedsApprovedApplication, ct) }
        );
}
