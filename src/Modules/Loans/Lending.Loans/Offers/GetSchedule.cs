using FastEndpoints;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Shows what is paid when: one row for each month of a loan offer.</summary>
internal sealed class GetSchedule(LoansDbContext db, SeenMarks marks) : EndpointWithoutRequest<Results<Ok<GetSchedule.Schedule>, Problem>>
{
    internal sealed record Schedule
    {
        /// <summary>How the rows are computed.</summary>
        /// <example>equal-instalments</example>
        public required string Method { get; init; }

        /// <summary>The version of the method: the same version computes the same, whenever.</summary>
        /// <example>1</example>
        public required int MethodVersion { get; init; }

        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>The fee that is paid with each instalment; the rows are without it.</summary>
        /// <example>0.00</example>
        public required decimal MonthlyFee { get; init; }

        /// <summary>One row for each instalment, in order.</summary>
        public required IReadOnlyList<ScheduleRow> Rows { get; init; }
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/schedule");
        Permissions(LoansPermission.OffersRead);
    }

    public override async Task<Results<Ok<Schedule>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var offer = await marks.ShowAsync(
            () => db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct),
            row => new ShownOffer(row.Id, row.RowVersion),
            ct
        );
        if (offer is null)
        {
            return Problem.NotFound;
        }
        var quote = OfferContent.Of(offer).Quote;
        return TypedResults.Ok(
            new Schedule
            {
                Method = quote.Method,
                MethodVersion = quote.MethodVersion,
                Currency = offer.Currency,
                MonthlyFee = quote.MonthlyFee,
                Rows = quote.Schedule(),
            }
        );
    }
}
