using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Shows what is paid when: one row for each month of a loan offer.</summary>
internal sealed class GetSchedule(LoansDbContext db, SeenMarks marks) : EndpointWithoutRequest<Results<Ok<GetSchedule.Response>, Problem>>
{
    internal sealed record Response
    {
        /// <summary>How the rows are computed: every payment is the rounded annuity, but for the last ones where rounding would otherwise repay too little or too much.</summary>
        /// <example>equal-instalments</example>
        public required string Method { get; init; }

        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>One row for each instalment, in order.</summary>
        public required IReadOnlyList<ScheduleRow> Rows { get; init; }
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/schedule");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Results<Ok<Response>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await marks.ShowAsync(
            () =>
                db
                    .Offers.Where(offer => offer.Id == id)
                    .Select(offer => new
                    {
                        offer.LoanAmount,
                        offer.AnnualRatePercent,
                        offer.TermMonths,
                        offer.Currency,
                        offer.FirstDueDate,
                        offer.RowVersion,
                    })
                    .SingleOrDefaultAsync(ct),
            offer => new ShownOffer(id, offer.RowVersion),
            ct
        );
        if (found is null)
        {
            return Problem.NotFound;
        }
        var terms = new LoanTerms(found.LoanAmount, found.AnnualRatePercent, found.TermMonths, Currency.Get(found.Currency));
        return TypedResults.Ok(
            new Response
            {
                Method = EqualInstalmentSchedule.Method,
                Currency = found.Currency,
                Rows = EqualInstalmentSchedule.Of(terms, found.FirstDueDate),
            }
        );
    }
}
