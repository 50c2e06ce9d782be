using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Deletes a customer, their account, and the record of messages to them.</summary>
/// <response code="409">`customer-has-offers`: loan offers were made to the customer.</response>
/// <response code="412">`precondition-failed`: the customer is not the version that `If-Match` names.</response>
internal sealed class DeleteCustomer(
    CustomersDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    IEnumerable<ICustomerDeletionGuard> guards,
    ICustomerAccounts accounts,
    INotifications notifications
) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("customers/{id:guid}");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        // The lock makes those wait who are about to refer to the customer; see CustomerDirectory.
        FormattableString statement = $"SELECT xmin FROM customers.customers WHERE {sql.OfCaller($"id")} AND id = {id} FOR UPDATE";
        if (await sql.ReadAsync(statement, row => row.GetFieldValue<uint>(0), ct) is not [var rowVersion])
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(rowVersion))
        {
            return Problem.PreconditionFailed;
        }
        foreach (var guard in guards)
        {
            if (await guard.FindObstacleAsync(id, ct) is { } obstacle)
            {
                return Problem.From(obstacle);
            }
        }
        await db.Customers.Where(customer => customer.Id == id).ExecuteDeleteAsync(ct);
        await accounts.DeleteAsync(id, ct);
        await notifications.DeleteOfCustomerAsync(id, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
