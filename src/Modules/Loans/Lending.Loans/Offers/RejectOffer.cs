using FastEndpoints;
using FluentValidation;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Rejects a pending loan offer, for good. The customer is told neither reason nor comment.</summary>
/// <response code="409">
/// `offer-not-pending`: it was decided on already. `offer-version-outdated`: version or hash are not those that the offer has now.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class RejectOffer(OfferSteps steps, Caller caller, OrganizationClock clock)
    : Endpoint<RejectOffer.Request, Results<Ok<OfferResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Why there will be no loan.</summary>
        /// <example>UNSUITABLE_PROPERTY</example>
        public RejectionReason? Reason { get; init; }

        /// <summary>The version that is decided on.</summary>
        /// <example>1</example>
        public int? Version { get; init; }

        /// <summary>The document hash of that version.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string? DocumentHash { get; init; }

        /// <summary>The reason in words; at most 1000 characters.</summary>
        /// <example>The roof does not bear the panels.</example>
        public string? Comment { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Reason).NotNull();
            RuleFor(request => request.Version).NotNull();
            RuleFor(request => request.DocumentHash).NotEmpty();
            RuleFor(request => request.Comment).NotEmpty().MaximumLength(OfferTransition.MaximumCommentLength);
        }
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/reject");
        Permissions(LoansPermission.OffersDecide);
        this.NeedsStepUp();
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            offer =>
                offer.FindDifference(request.Version!.Value, request.DocumentHash!)
                ?? offer.Reject(caller.Reference, request.Reason!.Value, request.Comment!, clock.GetStorableNow()),
            ct
        );
}
