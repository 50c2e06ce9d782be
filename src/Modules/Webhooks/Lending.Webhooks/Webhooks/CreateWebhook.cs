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

/// <summary>Creates a webhook: an address to which the organisation's events are sent from now on. Its secret is answered once and never again.</summary>
/// <remarks>
/// Which events there are, how they are signed and what they hold stands under `x-webhooks` in this document. An event that is not taken (any answer but 2xx, none within
/// ten seconds, a redirection) is sent again with growing pauses, ten times in three days. A webhook that takes nothing for three days is paused,
/// and administrators are told by mail.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-url` or `unknown-event-type`; `url-not-https`; `url-not-public`: a private address;
/// `malformed-json`.
/// </response>
/// <response code="409">`too-many-webhooks`: the organisation has 50.</response>
internal sealed class CreateWebhook(
    WebhooksDbContext db,
    Transactions transactions,
    WebhookTargets targets,
    Caller caller,
    TimeProvider clock
) : Endpoint<CreateWebhook.Request, Results<Created<WebhookResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Where events are sent: an https address that everybody can reach.</summary>
        /// <example>https://erp.example.org/lending</example>
        public string Url { get; init; } = "";

        /// <summary>The types of events that are sent.</summary>
        /// <example>["offer.accepted","offer.disbursed"]</example>
        public IReadOnlyList<string> EventTypes { get; init; } = [];
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Url).WebhookUrl();
            RuleFor(request => request.EventTypes).WebhookEventTypes();
        }
    }

    public override void Configure()
    {
        Post("webhooks");
        Permissions(WebhooksPermission.WebhooksManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Created<WebhookResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (targets.Check(request.Url) is { } wrong)
        {
            return Problem.From(wrong);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        // One after the other, so that they count each other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"webhooks {caller.OrganizationId}"}, 0))", ct);
        if (await db.Webhooks.CountAsync(ct) >= Webhook.MaximumOfOrganization)
        {
            return Problem.From(WebhooksErrors.TooMany);
        }
        var webhook = Webhook.Create(request.Url, request.EventTypes, clock.GetStorableNow());
        db.Add(webhook);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        HttpContext.SetETag(webhook.RowVersion);
        return TypedResults.Created(
            $"/api/v1/webhooks/{webhook.Id}",
            webhook.Adapt<WebhookResponse>() with
            {
                Secret = webhook.Secret.Text,
            }
        );
    }
}
