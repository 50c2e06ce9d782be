using FastEndpoints;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Lists the terms and the privacy policy of an organisation that are in force, in each of their languages. Needs no login.</summary>
/// <remarks>`GET /terms/{id}` has the text. The list is one page, and empty for an organisation that has published nothing or does not exist.</remarks>
internal sealed class ListTermsInForce(IdentityDbContext db, TimeProvider clock) : EndpointWithoutRequest<Ok<Page<TermsVersionEntry>>>
{
    public override void Configure()
    {
        Get("organizations/{id:guid}/terms");
        AllowAnonymous();
    }

    public override async Task<Ok<Page<TermsVersionEntry>>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var versions = await db.TermsInForce(clock.GetStorableNow())
            .OfEveryOrganization()
            .Where(version => version.OrganizationId == id)
            .OrderBy(version => version.Kind)
            .ThenBy(version => version.Language)
            .ProjectToType<TermsVersionEntry>()
            .ToListAsync(ct);
        return TypedResults.Ok(new Page<TermsVersionEntry>(versions, NextCursor: null));
    }
}
