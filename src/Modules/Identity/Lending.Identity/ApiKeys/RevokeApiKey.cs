using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.ApiKeys;

/// <summary>Revokes an API key for good; it stops working within 30 seconds. It stays in the list, and its usage can be read.</summary>
internal sealed class RevokeApiKey(IdentityDbContext db, TimeProvider clock) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("api-keys/{id:guid}");
        Permissions(IdentityPermission.ApiKeysManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var key = await db.ApiKeys.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (key is null)
        {
            return Problem.NotFound;
        }
        key.Revoke(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
