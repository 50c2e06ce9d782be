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

/// <summary>Reads where the organisation's staff log in.</summary>
/// <remarks>Of the caller's own organisation; the platform's administrators read that of every one. The client's secret is never answered.</remarks>
internal sealed class GetIdentityProvider(IdentityDbContext db, Caller caller, PublicUrl publicUrl)
    : EndpointWithoutRequest<Results<Ok<IdentityProviderResponse>, Problem>>
{
    public override void Configure()
    {
        Get("organizations/{id:guid}/identity-provider");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Results<Ok<IdentityProviderResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var provider = await db.OrganizationsInReachOf(caller)
            .Where(organization => organization.Id == id)
            .Join(
                db.IdentityProviders.Include(row => row.Domains),
                organization => organization.Id,
                row => row.OrganizationId,
                (_, row) => row
            )
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        return provider is null ? Problem.NotFound : TypedResults.Ok(IdentityProviderResponse.Of(provider, publicUrl));
    }
}
