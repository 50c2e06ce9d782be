using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.ApiKeys;

/// <summary>Reads an API key of the caller's organisation.</summary>
internal sealed class GetApiKey(IdentityDbContext db) : EndpointWithoutRequest<Results<Ok<ApiKeyResponse>, Problem>>
{
    public override void Configure()
    {
        Get("api-keys/{id:guid}");
        Permissions(IdentityPermission.ApiKeysManage);
    }

    public override async Task<Results<Ok<ApiKeyResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var key = await db.ApiKeys.Where(row => row.Id == id).ProjectToType<ApiKeyResponse>().SingleOrDefaultAsync(ct);
        if (key is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(key.RowVersion);
        return TypedResults.Ok(key);
    }
}
