using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Lists all versions of the caller's organisation's terms and privacy policy, without their texts, last published first.</summary>
internal sealed class ListTerms(IdentityDbContext db) : Endpoint<ListTerms.Request, Ok<Page<TermsVersionEntry>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("terms");
        Permissions(IdentityPermission.OrganizationSettings);
    }

    public override async Task<Ok<Page<TermsVersionEntry>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.TermsVersions.LongCountAsync(ct) : (long?)null;
        var rows = await db.TermsVersions.PageNewestFirst(request).ProjectToType<TermsVersionEntry>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.PublishedAt, row.Id)));
    }
}
