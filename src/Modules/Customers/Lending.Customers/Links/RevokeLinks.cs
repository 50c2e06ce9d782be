using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Links;

/// <summary>
/// Revokes all links to their own pages that a customer was mailed, such as after a mail that was forwarded: they stop working at once, and pages that are open close.
/// The next mail has a new one.
/// </summary>
internal sealed class RevokeLinks(CustomersDbContext db, ICustomerDirectory customers, Transactions transactions)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("customers/{id:guid}/links");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(id, ct) is null)
        {
            return Problem.NotFound;
        }
        // Expired ones go as well: nobody can tell them apart.
        await db.CustomerLinks.Where(link => link.CustomerId == id).ExecuteDeleteAsync(ct);
        db.Note(AuditAction.Delete, nameof(CustomerLink), entityId: null, id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
