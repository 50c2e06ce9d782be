using FastEndpoints;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Disclosures;

/// <summary>Lists which pre-contractual information the customer of an offer was given, newest first. Customers see what they were given themselves.</summary>
internal sealed class ListDisclosures(DisclosuresDbContext db) : Endpoint<ListDisclosures.Request, Ok<Page<DisclosureResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/disclosures");
        Permissions(DisclosuresPermission.Read);
        this.TellsOfPersons<DisclosureResponse>(nameof(Disclosure), disclosure => disclosure.Id, disclosure => disclosure.CustomerId);
    }

    public override async Task<Ok<Page<DisclosureResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var given = db.Disclosures.AsNoTracking().Where(disclosure => disclosure.OfferId == id);
        var total = request.IncludeTotal ? await given.LongCountAsync(ct) : (long?)null;
        var rows = await given.PageNewestFirst(request).ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows.ConvertAll(DisclosureResponse.Of), total, row => Cursor.At(row.IssuedAt, row.Id)));
    }
}
