using FastEndpoints;
using Lending.Platform.Http;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Webhooks;

/// <summary>Reads a webhook of the caller's organisation, without its secret.</summary>
internal sealed class GetWebhook(WebhooksDbContext db) : EndpointWithoutRequest<Results<Ok<WebhookResponse>, Problem>>
{
    public override void Configure()
    {
        Get("webhooks/{id:guid}");
        Permissions(WebhooksPermission.WebhooksManage);
    }

    public override async Task<Results<Ok<WebhookResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var webhook = await db.Webhooks.Where(row => row.Id == id).ProjectToType<WebhookResponse>().SingleOrDefaultAsync(ct);
        if (webhook is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(webhook.RowVersion);
        return TypedResults.Ok(webhook);
    }
}
