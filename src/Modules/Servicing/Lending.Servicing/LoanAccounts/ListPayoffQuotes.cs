using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Lists the payoff quotes of a loan account, the newest first, and whether they hold. Customers see those of their own accounts.</summary>
internal sealed class ListPayoffQuotes(ServicingDbContext db, OrganizationClock clock)
    : Endpoint<ListPayoffQuotes.Request, Results<Ok<Page<PayoffQuoteResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/payoff-quotes");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Page<PayoffQuoteResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var eventCount = await db
            .LoanAccounts.Where(account => account.Id == id)
            .Select(account => (int?)db.LoanEvents.Count(happened => happened.LoanAccountId == account.Id))
            .SingleOrDefaultAsync(ct);
        if (eventCount is not { } count)
        {
            return Problem.NotFound;
        }
        var quotes = db.PayoffQuotes.AsNoTracking().Where(quote => quote.LoanAccountId == id);
        var total = request.IncludeTotal ? await quotes.LongCountAsync(ct) : (long?)null;
        var rows = await quotes.PageNewestFirst(request).ToListAsync(ct);
        var today = ServicingDay.Of(clock.GetStorableNow());
        return TypedResults.Ok(
            request.Page(
                rows.ConvertAll(quote => PayoffQuoteResponse.Of(quote, count, today)),
                total,
                quote => Cursor.At(quote.CreatedAt, quote.Id)
            )
        );
    }
}
