using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Offers;

/// <summary>Says whether the organisation's offers need an approved application. It holds for approvals from then on.</summary>
internal sealed class PutOfferRule(ApplicationsDbContext db, Caller caller) : Endpoint<PutOfferRule.Request, Ok<OfferRuleResponse>>
{
    internal sealed record Request
    {
        /// <summary>Whether an offer is approved only where the application behind it is.</summary>
        /// <example>true</example>
        public bool? NeedsApprovedApplication { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.NeedsApprovedApplication).NotNull();
    }

    public override void Configure()
    {
        Put("application-rules");
        Permissions(ApplicationsPermission.Settings);
    }

    public override async Task<Ok<OfferRuleResponse>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var rule = await db.OfferRules.SingleOrDefaultAsync(ct);
        if (rule is null)
        {
            rule = new OfferRule(caller.OrganizationId);
            db.Add(rule);
        }
        rule.NeedsApprovedApplication = request.NeedsApprovedApplication!.Value;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new OfferRuleResponse { NeedsApprovedApplication = rule.NeedsApprovedApplication });
    }
}
