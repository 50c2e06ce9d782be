using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Payments.Cards;

/// <summary>
/// Gives money of a payment by card back, wholly or in part, and never more than came. The debt that it paid is there again when the money has gone. Sent again with its
/// id, it is the same refund.
/// </summary>
/// <response code="409">
/// `no-card-provider`: nobody has set one up. `card-payment-not-paid`: no money came. `refund-exceeds-payment`: with what went back before it is more than came.
/// `request-id-taken`: another refund has this id. `refund-refused`, `card-provider-refused`: the provider does not do it. `concurrent-change`: something else happened
/// to the payment at the same time; repeat the request with its id.
/// </response>
/// <response code="502">`card-provider-failed`: it does not let us in, or its answer cannot be read.</response>
/// <response code="503">
/// `card-provider-unavailable`: it does not answer, and may have done it; repeat the request with its id. `busy`, `try-again`, `database-unavailable`.
/// </response>
internal sealed class RefundCardPayment(PaymentsDbContext db, ICardProvider provider, CardBooking booking, OrganizationClock clock)
    : Endpoint<RefundCardPayment.Request, Results<Ok<CardPaymentResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An id that you make. Sent again with the same content, it is one refund.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid RequestId { get; init; }

        /// <summary>How much, in the currency of the payment.</summary>
        /// <example>58.66</example>
        public decimal? Amount { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.RequestId).NotEmpty();
            RuleFor(request => request.Amount).NotNull().GreaterThan(0);
        }
    }

    public override void Configure()
    {
        Post("card-payments/{id:guid}/refunds");
        Permissions(PaymentsPermission.Release);
        this.NeedsStepUp();
        // A key would put one transaction around everything, and so around the question to the provider.
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<CardPaymentResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var isNew = false;
        // Taken from what may be given back, and committed, before the provider is asked.
        var (payment, error) = await booking.ChangeAsync(
            id,
            row =>
            {
                (isNew, var obstacle) = Reserve(row, request);
                return Task.FromResult(obstacle);
            },
            ct
        );
        if (payment is null)
        {
            return Problem.From(error!);
        }
        var refund = payment.Returns.Single(row => row.RequestId == request.RequestId);
        try
        {
            // The provider forgets keys after a day, and never a refund that was made.
            var told = isNew ? null : await provider.ReadAsync(payment.ProviderId!, ct);
            if (told?.Returns.Any(back => back.CardReturnId == refund.Id) != true)
            {
                await AskAsync(payment, refund, ct);
                told = await provider.ReadAsync(payment.ProviderId!, ct);
            }
            (payment, error) = await booking.FollowAsync(id, told, ct);
        }
        catch (CardProviderException failure)
        {
            return failure.ToProblem();
        }
        return payment is null ? Problem.From(error!) : TypedResults.Ok(payment.Adapt<CardPaymentResponse>());
    }

    private async Task AskAsync(CardPayment payment, CardReturn refund, CancellationToken ct)
    {
        try
        {
            await provider.RefundAsync(payment, refund, ct);
        }
        catch (CardProviderException failure) when (failure.Refusal is not null)
        {
            await booking.ChangeAsync(payment.Id, row => Task.FromResult(Refuse(row, refund.Id, failure.Refusal)), ct);
            throw;
        }
    }

    private (bool IsNew, Error? Obstacle) Reserve(CardPayment payment, Request request)
    {
        if (!provider.IsSetUp)
        {
            return (false, CardErrors.NotSetUp);
        }
        if (payment.Returns.Find(row => row.RequestId == request.RequestId) is { } known)
        {
            return (
                false,
                known.Amount != request.Amount ? CardErrors.RequestIdTaken
                : known.Status == CardReturnStatus.Void ? CardErrors.RefundRefused
                : null
            );
        }
        if (!provider.CanCharge(request.Amount!.Value, Currency.Get(payment.Currency)))
        {
            return (false, CardErrors.NotChargeable);
        }
        if (payment.Reserve(request.Amount.Value) is { } error)
        {
            return (false, error);
        }
        db.Add(CardReturn.Request(payment, request.RequestId, request.Amount.Value, clock.GetStorableNow()));
        return (true, null);
    }

    private static Error? Refuse(CardPayment payment, Guid refundId, string reason)
    {
        var refund = payment.Returns.Single(row => row.Id == refundId);
        // The provider may have told of it meanwhile.
        if (refund.Status == CardReturnStatus.Requested)
        {
            refund.Refuse(reason);
            payment.Release(refund.Amount);
        }
        return null;
    }
}
