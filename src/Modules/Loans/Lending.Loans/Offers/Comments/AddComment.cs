using FastEndpoints;
using FluentValidation;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Comments;

/// <summary>Comments on a loan offer, in whatever state it is. Customers comment on their own, visible to both sides.</summary>
/// <response code="403">`forbidden`: not with this role. `internal-comment`: customers write no internal comments.</response>
/// <response code="409">`concurrent-change`: the offer was just deleted.</response>
internal sealed class AddComment(LoansDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<AddComment.Request, Results<Created<CommentResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What is to be said; at most 2000 characters.</summary>
        /// <example>The roof was inspected on Tuesday.</example>
        public string? Text { get; init; }

        /// <summary>Who can read it. Left out: INTERNAL, from a customer CUSTOMER.</summary>
        /// <example>INTERNAL</example>
        public CommentVisibility? Visibility { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Text).NotEmpty().MaximumLength(OfferComment.MaximumTextLength);
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/comments");
        Permissions(LoansPermission.OffersComment);
    }

    public override async Task<Results<Created<CommentResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var isStaff = caller.CustomerScope is null;
        if (!isStaff && request.Visibility == CommentVisibility.Internal)
        {
            return Problem.From(OfferErrors.InternalComment);
        }
        var customerId = await db.Offers.Where(offer => offer.Id == id).Select(offer => (Guid?)offer.Customer.Id).SingleOrDefaultAsync(ct);
        if (customerId is null)
        {
            return Problem.NotFound;
        }
        var visibility = request.Visibility ?? (isStaff ? CommentVisibility.Internal : CommentVisibility.Customer);
        var comment = new OfferComment(id, customerId.Value, request.Text!, visibility, caller.Reference, clock.GetStorableNow());
        db.Add(comment);
        await db.SaveChangesAsync(ct);
        // Comments are read together; one alone has no address.
        return TypedResults.Created((string?)null, comment.Adapt<CommentResponse>());
    }
}
