using FastEndpoints;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Delivery;

/// <summary>Lists what the sandbox would have mailed, newest first, with the links: nothing of it ever leaves.</summary>
/// <response code="409">`not-a-sandbox`: it takes an API key with the mode `sandbox`; elsewhere messages are mailed, and their texts are not kept.</response>
internal sealed class ListSandboxMessages(NotificationsDbContext db, MailTemplates templates, PublicUrl publicUrl, Caller caller)
    : Endpoint<ListSandboxMessages.Request, Results<Ok<Page<ListSandboxMessages.SandboxMessage>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    /// <summary>A message that never leaves.</summary>
    internal sealed record SandboxMessage
    {
        /// <summary>The message's id.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public required Guid Id { get; init; }

        /// <summary>What it says.</summary>
        /// <example>OFFER_LINK</example>
        public required MessageKind Kind { get; init; }

        /// <summary>The e-mail address it would have gone to.</summary>
        /// <example>greta.sommer@example.org</example>
        public required string Recipient { get; init; }

        /// <summary>The customer it is for, if it is one.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
        public required Guid? CustomerId { get; init; }

        /// <summary>The mail's subject.</summary>
        /// <example>Your offer of Sonnenschein Solar GmbH</example>
        public required string Subject { get; init; }

        /// <summary>The mail's text, with its link.</summary>
        /// <example>Please read your offer: https://lending.example.org/loan-offers/0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13#token=q7Zr0bq3</example>
        public required string Text { get; init; }

        /// <summary>What the file is called that would have gone with it; null where there is none.</summary>
        /// <example>letter.pdf</example>
        public required string? FileName { get; init; }

        /// <summary>When it was asked for, by the sandbox's clock.</summary>
        /// <example>2026-11-02T09:30:00Z</example>
        public required DateTimeOffset CreatedAt { get; init; }
    }

    public override void Configure()
    {
        Get("sandbox/messages");
        Permissions(NotificationsPermission.SandboxMessages);
        this.TellsOfPersons<SandboxMessage>(nameof(Notification), message => message.Id, message => message.CustomerId);
    }

    public override async Task<Results<Ok<Page<SandboxMessage>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!caller.HasSandboxKey)
        {
            return Problem.From(Error.NotASandbox);
        }
        var kept = db.Notifications.Where(message => message.Status == NotificationStatus.Kept);
        var total = request.IncludeTotal ? await kept.LongCountAsync(ct) : (long?)null;
        var messages = new List<SandboxMessage>();
        foreach (var message in await kept.AsNoTracking().PageNewestFirst(request).ToListAsync(ct))
        {
            messages.Add(await WriteAsync(message));
        }
        return TypedResults.Ok(request.Page(messages, total, message => Cursor.At(message.CreatedAt, message.Id)));
    }

    private async Task<SandboxMessage> WriteAsync(Notification message)
    {
        var mail = await templates.WriteAsync(message, publicUrl.Value);
        return new SandboxMessage
        {
            Id = message.Id,
            Kind = message.Kind,
            Recipient = message.Recipient,
            CustomerId = message.CustomerId,
            Subject = mail.Subject,
            Text = mail.Text,
            FileName = message.FileName,
            CreatedAt = message.CreatedAt,
        };
    }
}
