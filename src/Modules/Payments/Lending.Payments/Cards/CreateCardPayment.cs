using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Cards;

/// <summary>
/// Starts a payment of a loan by card or wallet. The answer has the secret with which a browser or an app lets the provider take the money; nobody else gets it. Sent
/// again with its id, it is the same payment. It is booked when the provider tells that the money came. Customers pay their own loans.
/// </summary>
/// <response code="400">
/// `validation-failed`; `no-such-loan-account`; `other-currency`: not that of the loan. `amount-not-chargeable`: too much, too many decimals, or a currency that is
/// not charged; `malformed-json`.
/// </response>
/// <response code="409">
/// `no-card-provider`: nobody has set one up, or the organisation is a sandbox. `request-id-taken`: another request has this id. `card-payment-abandoned`: it was asked for a day ago, and is lost.
/// `card-provider-refused`: with the provider's code. `concurrent-change`: the same request is under way.
/// </response>
/// <response code="502">`card-provider-failed`: it does not let us in, or its answer cannot be read.</response>
/// <response code="503">
/// `card-provider-unavailable`: it does not answer; repeat the request with its id, and after some tries with a new one. `busy`, `try-again`, `database-unavailable`.
/// </response>
internal sealed class CreateCardPayment(
    PaymentsDbContext db,
    ILoanPayments loans,
    ICustomerDirectory customers,
    Transactions transactions,
    ICardProvider provider,
    CardBooking booking,
    Caller caller,
    SandboxClocks sandboxes,
    OrganizationClock clock
) : Endpoint<CreateCardPayment.Request, Results<Created<CreateCardPayment.CardIntent>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An id that you make. Sent again with the same content, it is one payment.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid RequestId { get; init; }

        /// <summary>The loan account.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
        public Guid LoanAccountId { get; init; }

        /// <summary>How much.</summary>
        /// <example>258.66</example>
        public decimal? Amount { get; init; }

        /// <summary>The currency of the loan.</summary>
        /// <example>EUR</example>
        public string Currency { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.RequestId).NotEmpty();
            RuleFor(request => request.LoanAccountId).NotEmpty();
            RuleFor(request => request.Amount).NotNull().GreaterThan(0);
            RuleFor(request => request.Currency).NotEmpty().Length(3);
        }
    }

    /// <summary>A payment, and what lets its customer pay it.</summary>
    internal sealed record CardIntent
    {
        /// <summary>The payment.</summary>
        public required CardPaymentResponse Payment { get; init; }

        /// <summary>What the provider's library in a browser or an app is given. Keep it from everybody else, and from logs.</summary>
        /// <example>pi_3QxY0Z_secret_q7Zr0bq3m0Yk</example>
        [Secret]
        public required string ClientSecret { get; init; }
    }

    public override void Configure()
    {
        Post("card-payments");
        Permissions(PaymentsPermission.Card);
        // A key would put one transaction around everything, and so around the question to the provider, and would keep the secret.
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Created<CardIntent>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        // From a sandbox nothing goes out.
        if (!provider.IsSetUp || sandboxes.IsSandbox(caller.OrganizationId))
        {
            return Problem.From(CardErrors.NotSetUp);
        }
        var (payment, error) = await FindOrAddAsync(request, ct);
        if (payment is null)
        {
            return Problem.From(error!);
        }
        ProviderIntent intent;
        try
        {
            intent = await provider.StartAsync(payment, ct);
        }
        catch (CardProviderException failure)
        {
            return failure.ToProblem();
        }
        var (opened, gone) = await booking.ChangeAsync(
            payment.Id,
            row =>
            {
                row.Open(intent.Id);
                return Task.FromResult<Error?>(null);
            },
            ct
        );
        return opened is null
            ? Problem.From(gone!)
            : TypedResults.Created(
                $"/api/v1/card-payments/{opened.Id}",
                new CardIntent { Payment = opened.Adapt<CardPaymentResponse>(), ClientSecret = intent.ClientSecret }
            );
    }

    private async Task<(CardPayment? Payment, Error? Error)> FindOrAddAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        // Also that of another customer: an id is one request's.
        var known = await db
            .CardPayments.IgnoreQueryFilters([ModuleDbContext.CustomerFilter])
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.RequestId == request.RequestId, ct);
        if (known is not null)
        {
            return known.FindObstacleToRepetition(request, caller.UserId, now) is { } obstacle ? (null, obstacle) : (known, null);
        }
        if (await loans.FindAsync(request.LoanAccountId, ct) is not { } loan)
        {
            return (null, PaymentsErrors.NoSuchLoanAccount);
        }
        if (loan.Currency != request.Currency)
        {
            return (null, CardErrors.OtherCurrency);
        }
        if (!provider.CanCharge(request.Amount!.Value, Kernel.Currency.Get(loan.Currency)))
        {
            return (null, CardErrors.NotChargeable);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(loan.CustomerId, ct) is null)
        {
            return (null, PaymentsErrors.NoSuchLoanAccount);
        }
        // Committed before the provider is asked: what it knows is never unknown here.
        var payment = CardPayment.Create(request, loan, caller.UserId, now);
        db.Add(payment);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (payment, null);
    }
}
