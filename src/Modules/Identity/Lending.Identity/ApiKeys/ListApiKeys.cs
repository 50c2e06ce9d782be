using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.ApiKeys;

/// <summary>Lists the API keys of the caller's organisation, newest first, those that were revoked or have expired too.</summary>
internal sealed class ListApiKeys(IdentityDbContext db) : Endpoint<ListApiKeys.Request, Ok<Page<ApiKeyResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("api-keys");
        Permissions(IdentityPermission.ApiKeysManage);
    }

    public override async Task<Ok<Page<ApiKeyResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.ApiKeys.LongCountAsync(ct) : (long?)null;
        var rows = await db.ApiKeys.PageNewestFirst(request).ProjectToType<ApiKeyResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
