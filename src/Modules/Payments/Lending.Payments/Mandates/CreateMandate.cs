using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Mandates;

/// <summary>
/// Records a SEPA mandate (CORE) that a customer has signed: from then on, collection runs collect what the loan owes from this account. A loan account has one
/// that is in use.
/// </summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-iban`; `no-such-loan-account`; `currency-not-euro`; `in-future`: it was not signed yet;
/// `malformed-json`.
/// </response>
/// <response code="409">
/// `no-creditor`: the organisation has not said on which account it collects. `mandate-reference-taken`: another mandate has the reference. `has-mandate`: the loan
/// account has one that is in use.
/// </response>
internal sealed class CreateMandate(
    PaymentsDbContext db,
    ILoanPayments loans,
    ICustomerDirectory customers,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<CreateMandate.Request, Results<Created<MandateResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The loan account.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid LoanAccountId { get; init; }

        /// <summary>The reference that stands on the mandate; left out, one is made.</summary>
        /// <example>M-2026-0001</example>
        public string? Reference { get; init; }

        /// <summary>Whose account it is, who may be somebody else than the borrower.</summary>
        /// <example>Erika Muster</example>
        public string HolderName { get; init; } = "";

        /// <summary>The account.</summary>
        /// <example>DE89370400440532013000</example>
        public string Iban { get; init; } = "";

        /// <summary>The bank's code; inside SEPA it is not needed.</summary>
        /// <example>COBADEFFXXX</example>
        public string? Bic { get; init; }

        /// <summary>When it was signed.</summary>
        /// <example>2026-11-02</example>
        public DateOnly? SignedOn { get; init; }

        /// <summary>How it was signed.</summary>
        /// <example>ELECTRONIC</example>
        public SignatureKind? Signature { get; init; }

        /// <summary>The SHA-256 of the signed document, in small hexadecimal digits: with the document, which you keep, it shows what was signed.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string EvidenceHash { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.LoanAccountId).NotEmpty();
            RuleFor(request => request.Reference)
                // SEPA takes no reference that begins or ends with a slash, or has two in a row.
                .Matches("^[A-Za-z0-9+?:().,'-]+(/[A-Za-z0-9+?:().,'-]+)*$")
                .MaximumLength(Mandate.MaximumReferenceLength)
                .MustBeOneLine();
            RuleFor(request => request.HolderName).NotEmpty().MaximumLength(Mandate.MaximumHolderLength).MustBeOneLine();
            RuleFor(request => request.Iban).MustBeIban();
            RuleFor(request => request.Bic).MustBeBic();
            RuleFor(request => request.SignedOn).NotNull();
            RuleFor(request => request.Signature).NotNull();
            RuleFor(request => request.EvidenceHash).Length(Mandate.HashLength).Matches("^[0-9a-f]+$").MustBeOneLine();
        }
    }

    public override void Configure()
    {
        Post("mandates");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<MandateResponse>(nameof(Mandate), mandate => mandate.Id, mandate => mandate.CustomerId);
    }

    public override async Task<Results<Created<MandateResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.SignedOn > TargetCalendar.DayOf(now))
        {
            return Problem.From(PaymentsErrors.SignedInFuture);
        }
        if (await db.Creditors.Select(creditor => creditor.Identifier).SingleOrDefaultAsync(ct) is not { } identifier)
        {
            return Problem.From(PaymentsErrors.NoCreditor);
        }
        if (await loans.FindAsync(request.LoanAccountId, ct) is not { } loan)
        {
            return Problem.From(PaymentsErrors.NoSuchLoanAccount);
        }
        if (loan.Currency != "EUR")
        {
            return Problem.From(PaymentsErrors.NotEuro);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(loan.CustomerId, ct) is null)
        {
            return Problem.From(PaymentsErrors.NoSuchLoanAccount);
        }
        var mandate = Mandate.Create(request, loan, identifier, caller.Reference, now);
        db.Add(mandate);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/mandates/{mandate.Id}", mandate.Adapt<MandateResponse>());
    }
}
