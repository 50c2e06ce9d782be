using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Webhooks;

/// <summary>Gives a webhook a new secret, which is answered once. For a day, the one before signs, too: there are two signatures.</summary>
/// <remarks>A second change within that day ends the oldest of the three at once.</remarks>
/// <response code="409">`concurrent-change`: somebody else changed it at the same time.</response>
internal sealed class RotateWebhookSecret(WebhooksDbContext db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<WebhookResponse>, Problem>>
{
    public override void Configure()
    {
        Post("webhooks/{id:guid}/secret");
        Permissions(WebhooksPermission.WebhooksManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<WebhookResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var webhook = await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (webhook is null)
        {
            return Problem.NotFound;
        }
        webhook.RotateSecret(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(webhook.RowVersion);
        return TypedResults.Ok(webhook.Adapt<WebhookResponse>() with { Secret = webhook.Secret.Text });
    }
}
