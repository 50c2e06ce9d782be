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
/// Shows the statement of a loan account for a period: what was owed before, each thing that moved it, and what was owed at the end, as they were
/// known at a time. Interest counts from its due date on. As JSON, or as a PDF file in English or German (`Accept`, `Accept-Language`). Customers read their own.
/// </summary>
/// <response code="200">The statement, in the form that `Accept` likes best.</response>
internal sealed class GetStatement(ServicingDbContext db, KnownBaseRates rates, PartiesReader parties, OrganizationClock clock)
    : Endpoint<GetStatement.Request, Results<Ok<GetStatement.Statement>, PushStreamHttpResult, Problem>>
{
    internal sealed record Request : KnownRequest
    {
        /// <summary>The first day; the first one of the last day's year if it is left out.</summary>
        /// <example>2026-01-01</example>
        [QueryParam]
        public DateOnly? From { get; init; }

        /// <summary>The last day, not after that of `knownAt`, or today, which it is if it is left out.</summary>
        /// <example>2026-12-31</example>
        [QueryParam]
        public DateOnly? To { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new KnownRequest.Rules());
            RuleFor(request => request.To)
                .Must(day => day is null || day.Value.Year >= LoanLimits.FirstYear)
                .WithMessage("It lies too far away.");
        }
    }

    /// <summary>A statement.</summary>
    internal sealed record Statement
    {
        /// <summary>The account.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public required Guid LoanAccountId { get; init; }

        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>The first day.</summary>
        public required DateOnly From { get; init; }

        /// <summary>The last day.</summary>
        public required DateOnly To { get; init; }

        /// <summary>What was owed before the first day; negative: the borrower's credit.</summary>
        public required decimal Opening { get; init; }

        /// <summary>What moved it, in order; together they are the difference of the two balances.</summary>
        public required IReadOnlyList<StatementLine> Lines { get; init; }

        /// <summary>What was owed at the end of the last day.</summary>
        public required decimal Closing { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/statement");
        Permissions(ServicingPermission.Read);
        Description(route => route.Produces<Statement>().Produces<Stream>(StatusCodes.Status200OK, PdfAnswer.ContentType));
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Statement>, PushStreamHttpResult, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var today = request.KnownOn(now);
        var to = request.To ?? today;
        var from = request.From ?? new DateOnly(to.Year, 1, 1);
        if (to > today || from > to)
        {
            return Problem.From(to > today ? ServicingErrors.StatementInFuture : ServicingErrors.FromAfterTo);
        }
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var statement = AccountStatement.Of(account.ReadContract(), events, from, to, today, await rates.GetAsync(ct), request.KnownAt);
        if (HttpContext.WantsPdf())
        {
            var words = HttpContext.Wording();
            var paper = StatementPaper.Of(account, statement, await parties.ReadAsync(account, ct), words, today);
            return HttpContext.Pdf($"statement-{account.Id}", words, paper);
        }
        return TypedResults.Ok(
            new Statement
            {
                LoanAccountId = account.Id,
                Currency = account.Currency,
                From = from,
                To = to,
                Opening = statement.Opening,
                Lines = statement.Lines,
                Closing = statement.Closing,
            }
        );
    }
}
