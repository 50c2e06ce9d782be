using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payees;

/// <summary>Reads an account to which money goes. Its number is masked.</summary>
internal sealed class GetPayeeAccount(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<PayeeAccountResponse>, Problem>>
{
    public override void Configure()
    {
        Get("payee-accounts/{id:guid}");
        Permissions(PaymentsPermission.Read);
        this.TellsOfPersons<PayeeAccountResponse>(nameof(PayeeAccount), account => account.Id, account => account.CustomerId);
    }

    public override async Task<Results<Ok<PayeeAccountResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        return await db.PayeeAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, ct) is { } found
            ? TypedResults.Ok(found.Adapt<PayeeAccountResponse>())
            : Problem.NotFound;
    }
}
