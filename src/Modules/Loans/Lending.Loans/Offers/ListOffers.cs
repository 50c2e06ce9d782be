using FastEndpoints;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Lists loan offers, newest first, a page at a time. Customers see their own.</summary>
internal sealed class ListOffers(OrganizationSql sql, ReadBatches<LoansModule> batches, SeenMarks marks)
    : Endpoint<ListOffers.Request, Ok<Page<OfferResponse>>>
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
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons<OfferResponse>(nameof(LoanOffer), offer => offer.Id, offer => offer.CustomerId);
        this.MayReadFromStandby();
    }

    public override async Task<Ok<Page<OfferResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var filters = new SqlFilters()
            .Add(request.CustomerId, id => $"customer_id = {id}")
            // Equality keeps the index's order, which a list of states does not.
            .Add(
                request.Status is [] ? null : Array.ConvertAll(request.Status, StatusColumn.TextOf),
                states => states is [var only] ? (FormattableString)$"status = {only}" : $"status = ANY ({states})"
            )
            .Add(request.CreatedBy, id => $"created_by_id = {id}")
            .Add(request.AmountFrom, amount => $"loan_amount >= {amount}")
            .Add(request.AmountTo, amount => $"loan_amount <= {amount}")
            .Add(request.CreatedFrom, time => $"created_at >= {time.ToUniversalTime()}")
            .Add(request.CreatedTo, time => $"created_at < {time.ToUniversalTime()}");
        FormattableString matching = $"FROM loans.offers WHERE {sql.OfCaller($"customer_id")}{filters.Conditions}";
        var total = request.IncludeTotal ? await sql.ReadAsync($"SELECT count(*) {matching}", row => row.GetInt64(0), ct) : null;
        FormattableString statement = $"SELECT {OfferRow.Columns} {matching}{NewestFirst.PageOf(request)}";
        // A customer has so few offers that any plan will do, and that nobody waits for them long.
        Task<List<OfferResponse>> ReadAsync() =>
            request.CustomerId is null
                ? sql.ReadAsync(statement, OfferRow.Read, ct, planForValues: filters.Any)
                : sql.ReadTogetherAsync(batches, statement, OfferRow.Read, ct);
        // The row that only tells of a next page is not shown.
        var offers = await marks.ShowAsync(ReadAsync, offer => offer.Shown, ct, most: request.Limit);
        return TypedResults.Ok(request.Page(offers, total?.Single(), offer => Cursor.At(offer.CreatedAt, offer.Id)));
    }
}
