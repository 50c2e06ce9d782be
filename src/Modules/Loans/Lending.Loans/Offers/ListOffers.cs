using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Lists loan offers, newest first, a page at a time. Customers see their own.</summary>
internal sealed class ListOffers(Rows<LoansDbContext> rows, SeenMarks marks) : Endpoint<ListOffers.Request, Ok<Page<OfferResponse>>>
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

    private static readonly CompiledList<LoansDbContext, LoanOffer, Request, OfferResponse> Offers = new CompiledList<
        LoansDbContext,
        LoanOffer,
        Request,
        OfferResponse
    >(
        db => db.Offers,
        OfferResponse.ListProjection,
        (offers, _) => offers.OrderByDescending(offer => offer.CreatedAt).ThenByDescending(offer => offer.Id),
        _ => Cursor.NewestFirst
    )
        .Where(request => request.CustomerId, (offer, id) => offer.Customer.Id == id, leavesFew: true)
        // Equality keeps the index's order, which a list of states does not.
        .Where(request => request.Status is [var only] ? only : (OfferStatus?)null, (offer, only) => offer.Status == only)
        .Where(request => request.Status is { Length: > 1 } states ? states : null, (offer, states) => states.Contains(offer.Status))
        .Where(request => request.CreatedBy, (offer, id) => offer.CreatedBy.Id == id)
        .Where(request => request.AmountFrom, (offer, amount) => offer.LoanAmount >= amount)
        .Where(request => request.AmountTo, (offer, amount) => offer.LoanAmount <= amount)
        .Where(request => request.CreatedFrom?.ToUniversalTime(), (offer, time) => offer.CreatedAt >= time)
        .Where(request => request.CreatedTo?.ToUniversalTime(), (offer, time) => offer.CreatedAt < time)
        .After<DateTimeOffset, Guid>(
            request => Cursor.Parse(request.Cursor, Cursor.NewestFirst) is { } cursor ? (cursor.Time, cursor.Id) : null,
            (offer, time, id) => EF.Functions.LessThan(ValueTuple.Create(offer.CreatedAt, offer.Id), ValueTuple.Create(time, id))
        );

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-offers");
        Permissions(LoansPermission.OffersRead);
    }

    public override async Task<Ok<Page<OfferResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await Offers.CountAsync(rows, request, ct) : (long?)null;
        var offers = await marks.ShowAsync(() => Offers.ReadAsync(rows, request, ct), offer => offer.Shown, ct);
        return TypedResults.Ok(request.Page(offers, total, offer => Cursor.At(offer.CreatedAt, offer.Id)));
    }
}
