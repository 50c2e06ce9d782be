using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Papers;

/// <summary>
/// Shows what of a loan was owed, charged and paid in a year, as it was known at a time: principal, contract interest, default interest, fees and costs. As JSON, or as a PDF file in
/// English or German (`Accept`, `Accept-Language`). Customers read their own.
/// </summary>
/// <response code="200">The statement, in the form that `Accept` likes best.</response>
internal sealed class GetInterestStatement(ServicingDbContext db, KnownBaseRates rates, PartiesReader parties, OrganizationClock clock)
    : Endpoint<GetInterestStatement.Request, Results<Ok<GetInterestStatement.YearOfInterest>, PushStreamHttpResult, Problem>>
{
    internal sealed record Request : KnownRequest
    {
        /// <summary>The calendar year, not in the future; of this one, what happened until today. The last one if it is left out.</summary>
        /// <example>2026</example>
        [QueryParam]
        public int? Year { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new KnownRequest.Rules());
            RuleFor(request => request.Year).InclusiveBetween(LoanLimits.FirstYear, LoanLimits.LastYear);
        }
    }

    /// <summary>A year's interest.</summary>
    internal sealed record YearOfInterest
    {
        /// <summary>The account.</summary>
        public required Guid LoanAccountId { get; init; }

        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>The year.</summary>
        /// <example>2026</example>
        public required int Year { get; init; }

        /// <summary>The last day that it tells of.</summary>
        public required DateOnly To { get; init; }

        /// <summary>Contract and default interest that was paid in the year.</summary>
        public required decimal InterestPaid { get; init; }

        /// <summary>What became of each thing that is owed: opening + charged - paid - givenUp = closing.</summary>
        public required IReadOnlyList<OwedInYear> Rows { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/interest-statement");
        Permissions(ServicingPermission.Read);
        Description(route => route.Produces<YearOfInterest>().Produces<Stream>(StatusCodes.Status200OK, PdfAnswer.ContentType));
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<YearOfInterest>, PushStreamHttpResult, Problem>> ExecuteAsync(
        Request request,
        CancellationToken ct
    )
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var today = request.KnownOn(now);
        var year = request.Year ?? today.Year - 1;
        if (year > today.Year)
        {
            return Problem.From(ServicingErrors.YearInFuture);
        }
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var statement = InterestStatement.Of(account.ReadContract(), events, year, today, await rates.GetAsync(ct), request.KnownAt);
        if (HttpContext.WantsPdf())
        {
            var words = HttpContext.Wording();
            var paper = InterestPaper.Of(account, statement, await parties.ReadAsync(account, ct), words, today);
            return HttpContext.Pdf($"interest-statement-{year}-{account.Id}", words, paper);
        }
        return TypedResults.Ok(
            new YearOfInterest
            {
                LoanAccountId = account.Id,
                Currency = account.Currency,
                Year = year,
                To = statement.To,
                InterestPaid = statement.InterestPaid,
                Rows = statement.Rows,
            }
        );
    }
}
