using FastEndpoints;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Settings;

/// <summary>Tells what the organisation's forms say of it, and whether customers can accept without one.</summary>
/// <response code="404">`not-found`: nobody has set it; customers can accept without a form.</response>
internal sealed class GetDisclosureSettings(DisclosuresDbContext db)
    : EndpointWithoutRequest<Results<Ok<DisclosureSettingsResponse>, Problem>>
{
    public override void Configure()
    {
        Get("disclosure-settings");
        Permissions(DisclosuresPermission.Settings);
    }

    public override async Task<Results<Ok<DisclosureSettingsResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct) is not { } settings)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(settings.RowVersion);
        return TypedResults.Ok(DisclosureSettingsResponse.Of(settings));
    }
}
