using FastEndpoints;
using FluentValidation;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>Records that forbearance was offered to a borrower (Directive (EU) 2023/2225, Art. 35), which comes before a notice that the loan is called due.</summary>
/// <response code="409">`offer-id-taken`: another offer has this id.</response>
internal sealed class RecordForbearanceOffer(
    ServicingDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<RecordForbearanceOffer.Request, Results<Created<ForbearanceOfferResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An id that you make. Sent again with the same content, it is recorded once.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid? OfferId { get; init; }

        /// <summary>What was offered; `NONE_SUITS` where nothing suits this borrower.</summary>
        /// <example>DEFERRAL</example>
        public ForbearanceKind? Kind { get; init; }

        /// <summary>When it was offered, not in the future.</summary>
        /// <example>2027-02-01</example>
        public DateOnly? OfferedOn { get; init; }

        /// <summary>For how many months, or how many more.</summary>
        /// <example>3</example>
        public int? Months { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OfferId).NotEmpty();
            RuleFor(request => request.Kind).NotNull();
            RuleFor(request => request.OfferedOn).NotNull();
            RuleFor(request => request.Months).InclusiveBetween(1, ForbearanceOffer.MaximumMonths);
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/forbearance-offers");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Created<ForbearanceOfferResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var accountId = Route<Guid>("id");
        var now = clock.GetStorableNow();
        var offer = ForbearanceOffer.Of(
            request.OfferId!.Value,
            accountId,
            request.Kind!.Value,
            request.OfferedOn!.Value,
            request.Months,
            caller.Reference,
            now
        );
        if (!await db.LoanAccounts.AnyAsync(account => account.Id == accountId, ct))
        {
            return Problem.NotFound;
        }
        if (offer.OfferedOn > ServicingDay.Of(now))
        {
            return Problem.From(DunningErrors.OfferInFuture);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        // Of the same id that is sent twice at once, the second finds the first.
        await sql.LockLoanAsync(accountId, ct);
        if (await db.ForbearanceOffers.AsNoTracking().SingleOrDefaultAsync(known => known.Id == offer.Id, ct) is { } same)
        {
            return same.Says(offer) ? Answer(same) : Problem.From(DunningErrors.OfferIdTaken);
        }
        db.Add(offer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer(offer);

        Created<ForbearanceOfferResponse> Answer(ForbearanceOffer recorded) =>
            TypedResults.Created($"/api/v1/loan-accounts/{accountId}/forbearance-offers", recorded.Adapt<ForbearanceOfferResponse>());
    }
}
