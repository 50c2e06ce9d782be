using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.CreditApplications;

/// <summary>Lists the applications of the caller's organisation, newest first. Customers see their own.</summary>
internal sealed class ListApplications(ApplicationsDbContext db) : Endpoint<ListApplications.Request, Ok<Page<ApplicationSummary>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only applications of this customer, alone or with another one.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Only applications in this state; repeat it for several.</summary>
        public ApplicationStatus[] Status { get; init; } = [];
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("applications");
        Permissions(ApplicationsPermission.Read);
        this.TellsOfPersons<ApplicationSummary>(nameof(CreditApplication), row => row.Id, row => row.CustomerId);
    }

    public override async Task<Ok<Page<ApplicationSummary>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var applications = db.Applications.AsNoTracking();
        if (request.CustomerId is { } customerId)
        {
            applications = applications.Where(row => row.CustomerId == customerId || row.SecondCustomerId == customerId);
        }
        if (request.Status is [var only])
        {
            applications = applications.Where(row => row.Status == only);
        }
        else if (request.Status.Length > 0)
        {
            applications = applications.Where(row => request.Status.Contains(row.Status));
        }
        var total = request.IncludeTotal ? await applications.LongCountAsync(ct) : (long?)null;
        var rows = await applications.PageNewestFirst(request).ProjectToType<ApplicationSummary>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
