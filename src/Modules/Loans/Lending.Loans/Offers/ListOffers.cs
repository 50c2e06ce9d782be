using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Lists loan offers, newest first, a page at a time. Customers see their own.</summary>
internal sealed class ListOffers(LoansDbContext db, SeenMarks marks) : Endpoint<ListOffers.Request, Ok<Page<OfferResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only offers for this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Only offers in this state; repeat it for several.</summary>
        public OfferStatus[] Status { get; init; } = [];

        /// <summary>Only offers made by this user (id).</summary>
        public Guid? CreatedBy { get; init; }

        /// <summary>Only offers of at least this amount.</summary>
        public decimal? AmountFrom { get; init; }

        /// <summary>Only offers of at most this amount.</summary>
        public decimal? AmountTo { get; init; }

        /// <summary>Only offers made at this time or later.</summary>
        public DateTimeOffset? CreatedFrom { get; init; }

        /// <summary>Only offers made before this time.</summary>
        public DateTimeOffset? CreatedTo { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-offers");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Ok<Page<OfferResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var matching = Filter(db.Offers, request);
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var page = matching.PageNewestFirst(request).Select(OfferResponse.Projection);
        var rows = await marks.ShowAsync(() => page.ToListAsync(ct), offer => offer.Shown, ct);
        return TypedResults.Ok(request.Page(rows, total, offer => Cursor.At(offer.CreatedAt, offer.Id)));
    }

    private static IQueryable<LoanOffer> Filter(IQueryable<LoanOffer> offers, Request request)
    {
        if (request.CustomerId is { } customerId)
        {
            offers = offers.Where(offer => offer.Customer.Id == customerId);
        }
        if (request.Status is [var only])
        {
            // Equality keeps the index's order, which a list of states does not.
            offers = offers.Where(offer => offer.Status == only);
        }
        else if (request.Status is { Length: > 1 } states)
        {
            offers = offers.Where(offer => states.Contains(offer.Status));
        }
        if (request.CreatedBy is { } createdBy)
        {
            offers = offers.Where(offer => offer.CreatedBy.Id == createdBy);
        }
        if (request.AmountFrom is { } amountFrom)
        {
            offers = offers.Where(offer => offer.LoanAmount >= amountFrom);
        }
        if (request.AmountTo is { } amountTo)
        {
            offers = offers.Where(offer => offer.LoanAmount <= amountTo);
        }
        if (request.CreatedFrom?.ToUniversalTime() is { } createdFrom)
        {
            offers = offers.Where(offer => offer.CreatedAt >= createdFrom);
        }
        if (request.CreatedTo?.ToUniversalTime() is { } createdTo)
        {
            offers = offers.Where(offer => offer.CreatedAt < createdTo);
        }
        return offers;
    }
}
