using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
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

namespace Lending.Payments.Payees;

/// <summary>Records an account to which payouts of loans, or a customer's credit, may go. A second person verifies it before.</summary>
/// <response code="400">`validation-failed`: all wrong fields at once, such as `invalid-iban`; `no-such-customer`; `malformed-json`.</response>
internal sealed class CreatePayeeAccount(
    PaymentsDbContext db,
    ICustomerDirectory customers,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<CreatePayeeAccount.Request, Results<Created<PayeeAccountResponse>, Problem>>
{
    internal sealed record Request : AccountParty
    {
        /// <summary>The account holder's name.</summary>
        /// <example>Solarbau Nord GmbH</example>
        public string HolderName { get; init; } = "";

        /// <summary>The customer whose account it is; left out for an installer's.</summary>
        /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
        public Guid? CustomerId { get; init; }

        /// <summary>
        /// The installer whose account it is: the user who makes the offers. Only payouts of loans that this one has offered go to it. Left out, those of all
        /// installers of the organisation may.
        /// </summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
        public Guid? InstallerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new AccountParty.Rules());
            RuleFor(request => request.HolderName).NotEmpty().MaximumLength(AccountParty.MaximumNameLength).MustBeOneLine();
            RuleFor(request => request.CustomerId).NotEqual(Guid.Empty);
            RuleFor(request => request.InstallerId)
                .NotEqual(Guid.Empty)
                .Must((request, installerId) => installerId is null || request.CustomerId is null)
                .WithMessage("It is a customer's account or an installer's.");
        }
    }

    public override void Configure()
    {
        Post("payee-accounts");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<PayeeAccountResponse>(nameof(PayeeAccount), account => account.Id, account => account.CustomerId);
    }

    public override async Task<Results<Created<PayeeAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (request.CustomerId is { } customerId && await customers.HoldAsync(customerId, ct) is null)
        {
            return Problem.From(PayeeErrors.NoSuchCustomer);
        }
        var account = PayeeAccount.Create(request, caller.Reference, clock.GetStorableNow());
        db.Add(account);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/payee-accounts/{account.Id}", account.Adapt<PayeeAccountResponse>());
    }
}
