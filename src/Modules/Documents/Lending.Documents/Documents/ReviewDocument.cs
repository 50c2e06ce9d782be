using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>Decides on a document, once: it counts, the customer is to send another one, or it does not count. The customer is told by mail.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `wrong-reason`: a revision has `ILLEGIBLE`, `INCOMPLETE`, `OUTDATED`, `WRONG_KIND` or `WRONG_PERSON`, a
/// rejection `WRONG_PERSON`, `NOT_GENUINE` or `NOT_ACCEPTED`, an approval none; `wrong-day`; `malformed-json`.
/// </response>
/// <response code="409">
/// `document-not-pending`: it was decided on already, or nobody has looked for viruses yet. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ReviewDocument(
    DocumentsDbContext db,
    ICustomerDirectory customers,
    ICustomerLinks links,
    INotifications notifications,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<ReviewDocument.Request, Results<Ok<DocumentResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What is decided.</summary>
        /// <example>REVISION</example>
        public ReviewDecision? Decision { get; init; }

        /// <summary>Why it does not count.</summary>
        /// <example>ILLEGIBLE</example>
        public ReviewReason? Reason { get; init; }

        /// <summary>What the customer is told; at most 1000 characters.</summary>
        /// <example>The lower half is cut off.</example>
        public string? CommentForCustomer { get; init; }

        /// <summary>What the customer is not told; at most 1000 characters.</summary>
        /// <example>The second time.</example>
        public string? CommentForStaff { get; init; }

        /// <summary>The last day on which an approved document counts.</summary>
        /// <example>2027-11-20</example>
        public DateOnly? ValidUntil { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Decision).NotNull().IsInEnum();
            RuleFor(request => request.Reason).IsInEnum();
            RuleFor(request => request.CommentForCustomer).MaximumLength(Document.MaximumCommentLength);
            RuleFor(request => request.CommentForStaff).MaximumLength(Document.MaximumCommentLength);
        }
    }

    public override void Configure()
    {
        Post("documents/{id:guid}/review");
        Permissions(DocumentsPermission.DocumentsReview);
    }

    public override async Task<Results<Ok<DocumentResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Documents.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } document)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(document.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var now = clock.GetStorableNow();
        var review = new Review(
            request.Decision!.Value,
            request.Reason,
            request.CommentForCustomer,
            request.CommentForStaff,
            request.ValidUntil
        );
        if (document.Review(review, caller.Reference, now) is { } error)
        {
            return Problem.From(error);
        }
        if (document.Status == DocumentStatus.Approved)
        {
            db.Publish(
                new DocumentApproved
                {
                    DocumentId = id,
                    OrganizationId = caller.OrganizationId,
                    CustomerId = document.CustomerId,
                    Kind = document.Kind,
                    At = now,
                    By = caller.UserId,
                }
            );
        }
        await using var transaction = await transactions.BeginAsync(ct);
        // Before the document, as an erasure locks them.
        var customer = await customers.HoldAsync(document.CustomerId, ct);
        // Of two who decide at once, the row's version lets one win.
        await db.SaveChangesAsync(ct);
        if (customer is not null)
        {
            // The link to where they were asked for it works for some days only.
            var link = document is { Status: DocumentStatus.Revision, RequestId: not null } ? await links.CreateAsync(customer, ct) : null;
            await notifications.SendAsync(MessageOf(document, customer, link), ct);
        }
        await transaction.CommitAsync(ct);
        HttpContext.SetETag(document.RowVersion);
        return TypedResults.Ok(document.Adapt<DocumentResponse>().SeenBy(caller));
    }

    private static Message MessageOf(Document document, CustomerSummary customer, CustomerLinkKey? link) =>
        document.Status == DocumentStatus.Approved
            ? Message.DocumentApproved(customer.Email, customer.Id, customer.FullName, document.FileName)
            : Message.DocumentRefused(
                document.Status == DocumentStatus.Revision ? MessageKind.DocumentRevision : MessageKind.DocumentRejected,
                customer.Email,
                customer.Id,
                customer.FullName,
                document.FileName,
                EnumText.Of(document.Reason!.Value),
                document.CommentForCustomer,
                link is null ? null : new PageLink(link.LinkId, link.Token)
            );
}
