using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Policies;

/// <summary>Lists the policies of the organisation, newest first.</summary>
internal sealed class ListPolicies(ApplicationsDbContext db) : Endpoint<ListPolicies.Request, Ok<Page<PolicyResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("credit-policies");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Ok<Page<PolicyResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var policies = db.Policies.AsNoTracking();
        var total = request.IncludeTotal ? await policies.LongCountAsync(ct) : (long?)null;
        var rows = (await policies.PageNewestFirst(request).ToListAsync(ct)).ConvertAll(PolicyResponse.Of);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
