using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Lists the loan accounts of the caller's organisation, newest first. Customers see their own.</summary>
internal sealed class ListLoanAccounts(ServicingDbContext db, OrganizationClock clock)
    : Endpoint<ListLoanAccounts.Request, Ok<Page<LoanAccountSummary>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only accounts of this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Only accounts whose offer was made by this user (id), mostly an installer.</summary>
        public Guid? InstallerId { get; init; }

        /// <summary>Only accounts in this state; repeat it for several.</summary>
        public LoanStatus[] Status { get; init; } = [];

        /// <summary>Only accounts whose oldest unpaid cent has been due for at least so many days.</summary>
        public int? DaysPastDueFrom { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        // Longer than any loan lasts.
        private const int MostDays = 36_500;

        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            RuleFor(request => request.DaysPastDueFrom).InclusiveBetween(1, MostDays);
        }
    }

    public override void Configure()
    {
        Get("loan-accounts");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons<LoanAccountSummary>(nameof(LoanAccount), account => account.Id, account => account.CustomerId);
        this.MayReadFromStandby();
    }

    public override async Task<Ok<Page<LoanAccountSummary>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var accounts = Matching(request);
        var total = request.IncludeTotal ? await accounts.LongCountAsync(ct) : (long?)null;
        var rows = await accounts.PageNewestFirst(request).ProjectToType<LoanAccountSummary>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }

    // Only conditions that are asked for stand in the statement, so that each finds its index.
    private IQueryable<LoanAccount> Matching(Request request)
    {
        IQueryable<LoanAccount> accounts = db.LoanAccounts;
        if (request.CustomerId is { } customerId)
        {
            accounts = accounts.Where(account => account.CustomerId == customerId);
        }
        if (request.InstallerId is { } installerId)
        {
            accounts = accounts.Where(account => account.InstallerId == installerId);
        }
        if (request.Status is { Length: > 0 } states)
        {
            accounts = accounts.Where(account =>
                db.LoanStandings.Any(standing => standing.LoanAccountId == account.Id && states.Contains(standing.Status))
            );
        }
        if (request.DaysPastDueFrom is { } days)
        {
            var since = ServicingDay.Of(clock.GetStorableNow()).AddDays(-days);
            accounts = accounts.Where(account =>
                db.LoanStandings.Any(standing => standing.LoanAccountId == account.Id && standing.OverdueSince <= since)
            );
        }
        return accounts;
    }
}
