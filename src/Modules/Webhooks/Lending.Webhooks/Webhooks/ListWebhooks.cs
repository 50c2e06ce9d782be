using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Webhooks;

/// <summary>Lists the webhooks of the caller's organisation, newest first.</summary>
internal sealed class ListWebhooks(WebhooksDbContext db) : Endpoint<ListWebhooks.Request, Ok<Page<WebhookResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("webhooks");
        Permissions(WebhooksPermission.WebhooksManage);
    }

    public override async Task<Ok<Page<WebhookResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.Webhooks.LongCountAsync(ct) : (long?)null;
        var rows = await db.Webhooks.PageNewestFirst(request).ProjectToType<WebhookResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
