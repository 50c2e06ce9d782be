using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Lists what a customer consented to, newest first, with what does not hold any more. Of a customer who was removed, it lists what is kept.</summary>
internal sealed class ListConsents(CustomersDbContext db, OrganizationSql sql)
    : Endpoint<ListConsents.Request, Results<Ok<Page<ConsentResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("customers/{id:guid}/consents");
        Permissions(CustomersPermission.CustomersRead);
        this.TellsOfPersons(nameof(Customer), isCustomer: true);
    }

    public override async Task<Results<Ok<Page<ConsentResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var matching = db.Consents.Where(consent => consent.CustomerId == id);
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).ProjectToType<ConsentResponse>().ToListAsync(ct);
        return rows.Count == 0 && !await ExistsAsync(id, ct)
            ? Problem.NotFound
            : TypedResults.Ok(request.Page(rows, total, consent => Cursor.At(consent.RecordedAt, consent.Id)));
    }

    private async Task<bool> ExistsAsync(Guid id, CancellationToken ct)
    {
        FormattableString statement = $"SELECT id FROM customers.customers WHERE {sql.OfCaller($"id")} AND id = {id}";
        return (await sql.ReadAsync(statement, row => row.GetGuid(0), ct)).Count > 0;
    }
}
