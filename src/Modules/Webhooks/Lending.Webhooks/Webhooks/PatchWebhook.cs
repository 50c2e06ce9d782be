using FastEndpoints;
using FluentValidation;
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

/// <summary>Changes where a webhook leads and which events it is told of, pauses it, or resumes it.</summary>
/// <remarks>What waits is sent to the new address, too.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-url` or `unknown-event-type`; `url-not-https`; `url-not-public`: a private address;
/// `malformed-json`.
/// </response>
/// <response code="412">`precondition-failed`: the webhook was changed since the version in `If-Match`.</response>
internal sealed class PatchWebhook(WebhooksDbContext db, WebhookTargets targets, TimeProvider clock)
    : Endpoint<MergePatch<PatchWebhook.Request>, Results<Ok<WebhookResponse>, Problem>>
{
    private static readonly Validator Rules = new();

    internal sealed record Request : IPatchable
    {
        /// <summary>Where events are sent: an https address that everybody can reach.</summary>
        /// <example>https://erp.example.org/lending</example>
        public required string Url { get; init; } = "";

        /// <summary>The types of events that are sent.</summary>
        /// <example>["offer.accepted","offer.disbursed"]</example>
        public required IReadOnlyList<string> EventTypes { get; init; } = [];

        /// <summary>`ACTIVE` or `PAUSED`.</summary>
        /// <example>ACTIVE</example>
        public required WebhookStatus Status { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Url).WebhookUrl();
            RuleFor(request => request.EventTypes).WebhookEventTypes();
            RuleFor(request => request.Status).IsInEnum();
        }
    }

    public override void Configure()
    {
        Patch("webhooks/{id:guid}");
        Permissions(WebhooksPermission.WebhooksManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<WebhookResponse>, Problem>> ExecuteAsync(MergePatch<Request> request, CancellationToken ct)
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
        var current = new Request
        {
            Url = webhook.Url,
            EventTypes = webhook.EventTypes,
            Status = webhook.Status,
        };
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (targets.Check(patched.Url) is { } wrong)
        {
            return Problem.From(wrong);
        }
        webhook.Change(patched.Url, patched.EventTypes, patched.Status, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(webhook.RowVersion);
        return TypedResults.Ok(webhook.Adapt<WebhookResponse>());
    }
}
