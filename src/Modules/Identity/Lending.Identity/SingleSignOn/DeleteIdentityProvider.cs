using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.SingleSignOn;

/// <summary>Ends logins at the organisation's identity provider, and frees its e-mail domains.</summary>
/// <remarks>Of the caller's own organisation; the platform's administrators do it for every one. Sessions go on.</remarks>
/// <response code="409">`concurrent-change`: somebody changed it at the same time.</response>
internal sealed class DeleteIdentityProvider(IdentityDbContext db, Caller caller) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("organizations/{id:guid}/identity-provider");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.OrganizationsInReachOf(caller).AnyAsync(organization => organization.Id == id, ct))
        {
            return Problem.NotFound;
        }
        caller.ActFor(id, caller.Reference);
        if (
            await db.IdentityProviders.Include(row => row.Domains).SingleOrDefaultAsync(row => row.OrganizationId == id, ct)
            is not { } provider
        )
        {
            return Problem.NotFound;
        }
        db.Remove(provider);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
