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

/// <summary>Says that no more money goes to an account. A run that was not released leaves it out.</summary>
/// <response code="409">`payee-account-retired`: it was retired already. `concurrent-change`: somebody changed it at the same time.</response>
internal sealed class RetirePayeeAccount(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<PayeeAccountResponse>, Problem>>
{
    public override void Configure()
    {
        Post("payee-accounts/{id:guid}/retirement");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<PayeeAccountResponse>(nameof(PayeeAccount), account => account.Id, account => account.CustomerId);
    }

    public override async Task<Results<Ok<PayeeAccountResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.PayeeAccounts.SingleOrDefaultAsync(account => account.Id == id, ct) is not { } account)
        {
            return Problem.NotFound;
        }
        if (account.Retire() is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(account.Adapt<PayeeAccountResponse>());
    }
}
