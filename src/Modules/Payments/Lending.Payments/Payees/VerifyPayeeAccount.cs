using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payees;

/// <summary>Says that an account is the payee's, as somebody else than who recorded it has found out: money may go to it then.</summary>
/// <response code="403">`forbidden`: not with this role. `second-person-required`: not who recorded it.</response>
/// <response code="409">
/// `payee-account-decided`: it was verified or retired already. `concurrent-change`: somebody changed it at the same time.
/// </response>
internal sealed class VerifyPayeeAccount(PaymentsDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<VerifyPayeeAccount.Request, Results<Ok<PayeeAccountResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>How it was found out.</summary>
        /// <example>BANK_ANSWER</example>
        public VerificationMethod? Method { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Method).NotNull();
    }

    public override void Configure()
    {
        Post("payee-accounts/{id:guid}/verification");
        Permissions(PaymentsPermission.Release);
        this.NeedsStepUp();
        this.TellsOfPersons<PayeeAccountResponse>(nameof(PayeeAccount), account => account.Id, account => account.CustomerId);
    }

    public override async Task<Results<Ok<PayeeAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.PayeeAccounts.SingleOrDefaultAsync(account => account.Id == id, ct) is not { } account)
        {
            return Problem.NotFound;
        }
        if (account.Verify(request.Method!.Value, caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(account.Adapt<PayeeAccountResponse>());
    }
}
