using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Webhooks;

/// <summary>Deletes a webhook, what waits for it, and its log.</summary>
/// <response code="412">`precondition-failed`: the webhook was changed since the version in `If-Match`.</response>
internal sealed class DeleteWebhook(WebhooksDbContext db) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    private const int DeletedAtOnce = 10_000;

    public override void Configure()
    {
        Delete("webhooks/{id:guid}");
        Permissions(WebhooksPermission.WebhooksManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var webhook = await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (webhook is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(webhook.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        // A long log is not deleted within the time that a statement has.
        while (await db.DeleteSomeDeliveriesAsync(id, DeletedAtOnce, ct) == DeletedAtOnce) { }
        db.Remove(webhook);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
