using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Reads a version of an organisation's terms or privacy policy. Needs no login.</summary>
/// <remarks>What was in force before can still be read. Before it comes into force, only the organisation's administrators read it.</remarks>
internal sealed class GetTerms(IdentityDbContext db, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<TermsVersionDocument>, Problem>>
{
    public override void Configure()
    {
        Get("terms/{id:guid}");
        AllowAnonymous();
    }

    public override async Task<Results<Ok<TermsVersionDocument>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var (id, now) = (Route<Guid>("id"), clock.GetStorableNow());
        var administered = caller.May(IdentityPermission.OrganizationSettings) ? caller.OrganizationId : Guid.Empty;
        var version = await db
            .TermsVersions.OfEveryOrganization()
            .Where(row => row.Id == id && (row.ValidFrom <= now || row.OrganizationId == administered))
            .ProjectToType<TermsVersionDocument>()
            .SingleOrDefaultAsync(ct);
        return version is null ? Problem.NotFound : TypedResults.Ok(version);
    }
}
