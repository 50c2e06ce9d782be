using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Comments;

/// <summary>Lists the comments on a loan offer, newest first, a page at a time. Customers see those that are meant for them.</summary>
internal sealed class ListComments(LoansDbContext db) : Endpoint<ListComments.Request, Results<Ok<Page<CommentResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/comments");
        Permissions(LoansPermission.OffersComment);
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<Ok<Page<CommentResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var comments = db.OfferComments.Where(comment => comment.OfferId == id);
        var total = request.IncludeTotal ? await comments.LongCountAsync(ct) : (long?)null;
        var rows = await comments.PageNewestFirst(request).ProjectToType<CommentResponse>().ToListAsync(ct);
        // Most who ask have comments, and need no second question.
        if (rows.Count == 0 && !await db.Offers.AnyAsync(offer => offer.Id == id, ct))
        {
            return Problem.NotFound;
        }
        return TypedResults.Ok(request.Page(rows, total, comment => Cursor.At(comment.CreatedAt, comment.Id)));
    }
}
