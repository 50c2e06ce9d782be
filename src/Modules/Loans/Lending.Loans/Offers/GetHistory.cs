using FastEndpoints;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Tells who moved a loan offer from one state to another, oldest first; all on one page.</summary>
internal sealed class GetHistory(LoansDbContext db, Caller caller)
    : EndpointWithoutRequest<Results<Ok<Page<GetHistory.Transition>>, Problem>>
{
    internal sealed record Transition
    {
        /// <summary>The state before; null for the creation.</summary>
        /// <example>PENDING</example>
        public required OfferStatus? From { get; init; }

        /// <summary>The state after.</summary>
        /// <example>APPROVED</example>
        public required OfferStatus To { get; init; }

        /// <summary>Who did it.</summary>
        public required UserReference By { get; init; }

        /// <summary>When.</summary>
        /// <example>2026-11-20T09:30:00.123456Z</example>
        public required DateTimeOffset At { get; init; }

        /// <summary>Why there will be no loan, of a rejection; null for everything else, and for the customer.</summary>
        /// <example>UNSUITABLE_PROPERTY</example>
        public required RejectionReason? Reason { get; init; }

        /// <summary>Why; null where nothing was said. The comment of a rejection is not for the customer.</summary>
        /// <example>Income and roof checked.</example>
        public required string? Comment { get; init; }

        /// <summary>The same as the customer is told it.</summary>
        public Transition ForCustomer() => this with { Reason = null, Comment = To == OfferStatus.Rejected ? null : Comment };

        internal sealed class Mapping : IRegister
        {
            // Column by column: for a UserReference as a whole, EF would read the whole row.
            public void Register(TypeAdapterConfig config) =>
                config
                    .NewConfig<OfferTransition, Transition>()
                    .Map(response => response.By, transition => new UserReference(transition.By.Id, transition.By.Username));
        }
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/history");
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<Ok<Page<Transition>>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var transitions = await db
            .OfferTransitions.Where(transition => transition.Offer.Id == id)
            .OrderBy(transition => transition.At)
            .ThenBy(transition => transition.Id)
            .ProjectToType<Transition>()
            .ToListAsync(ct);
        if (caller.CustomerScope is not null)
        {
            transitions = transitions.ConvertAll(transition => transition.ForCustomer());
        }
        // Every offer has at least its creation.
        return transitions.Count == 0 ? Problem.NotFound : TypedResults.Ok(new Page<Transition>(transitions, NextCursor: null));
    }
}
