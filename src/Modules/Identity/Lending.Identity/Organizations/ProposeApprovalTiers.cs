using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Proposes who may approve the organisation's offers, by loan amount. It holds once another administrator has confirmed it.</summary>
/// <remarks>
/// Of the caller's own organisation; the platform's administrators do it for every one, and confirm where an organisation has a single administrator.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `amount-scale`: more decimals than the organisation's currency has; `malformed-json`.
/// </response>
/// <response code="409">`proposal-open`: there is a change that nobody has decided on yet. Have it confirmed or rejected first.</response>
/// <response code="412">`precondition-failed`: the organisation was changed since the version in `If-Match`.</response>
internal sealed class ProposeApprovalTiers(IdentityDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<ApprovalTiers, Results<Accepted<ApprovalTiersChangeResponse>, Problem>>
{
    public override void Configure()
    {
        Put("organizations/{id:guid}/approval-tiers");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Accepted<ApprovalTiersChangeResponse>, Problem>> ExecuteAsync(
        ApprovalTiers request,
        CancellationToken ct
    )
    {
        var id = Route<Guid>("id");
        var organization = await db.OrganizationsInReachOf(caller).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(organization.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (FindWrongScales(request, Currency.Get(organization.Currency)) is { Count: > 0 } wrong)
        {
            return Problem.From(wrong);
        }
        caller.ActFor(id, caller.Reference);
        var change = new ApprovalTiersChange(id, request.ToTiers(), caller.Reference, clock.GetStorableNow());
        db.Add(change);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/api/v1/organizations/{id}/approval-tiers/history", ApprovalTiersChangeResponse.Of(change));
    }

    private static List<Error> FindWrongScales(ApprovalTiers request, Currency currency) =>
        [
            .. request
                .Tiers.Index()
                .Where(row => row.Item.AmountUpTo is { } limit && !currency.HasScale(limit))
                .Select(row => IdentityErrors.AmountScale with { Field = $"tiers[{row.Index}].amountUpTo" }),
        ];
}
