using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.References;

/// <summary>
/// Tells the reference that a borrower writes into transfers for a loan account. It is made when it is asked for the first time, and stays: a payment with it is
/// booked by itself when the bank tells of it.
/// </summary>
/// <response code="409">`concurrent-change`: somebody else asks for the first time at the same moment.</response>
internal sealed class GivePaymentReference(
    PaymentsDbContext db,
    ILoanPayments loans,
    ICustomerDirectory customers,
    Transactions transactions,
    OrganizationClock clock
) : Endpoint<GivePaymentReference.Request, Results<Ok<PaymentReferenceResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The loan account.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.LoanAccountId).NotEmpty();
    }

    public override void Configure()
    {
        Post("payment-references");
        Permissions(PaymentsPermission.Post);
    }

    public override async Task<Results<Ok<PaymentReferenceResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var known = await db.References.SingleOrDefaultAsync(reference => reference.LoanAccountId == request.LoanAccountId, ct);
        if (known is null)
        {
            await using var transaction = await transactions.BeginAsync(ct);
            if (await loans.FindAsync(request.LoanAccountId, ct) is not { } loan || await customers.HoldAsync(loan.CustomerId, ct) is null)
            {
                return Problem.From(PaymentsErrors.NoSuchLoanAccount);
            }
            known = PaymentReference.Create(loan.Id, loan.CustomerId, clock.GetStorableNow());
            db.Add(known);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        return TypedResults.Ok(known.Adapt<PaymentReferenceResponse>());
    }
}
