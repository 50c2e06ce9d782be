using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Consents to something (GDPR, Art. 7): customers for themselves, staff record what a customer told them.</summary>
/// <remarks>A consent to another version of the text replaces the one before.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `wrong-channel`: customers consent `ONLINE`, staff record what was said otherwise; `wrong-time`: later than now;
/// `malformed-json`.
/// </response>
/// <response code="409">
/// `consent-given`: the customer has consented to this version already. `concurrent-change`: the customer consents to the same at this moment.
/// </response>
internal sealed class GiveConsent(
    CustomersDbContext db,
    ConsentLedger ledger,
    ICustomerDirectory customers,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<GiveConsent.Request, Results<Created<ConsentResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What for: small letters, digits and hyphens, at most 50 characters.</summary>
        /// <example>newsletter</example>
        public string? Purpose { get; init; }

        /// <summary>Which version of the text the customer saw, as the organisation calls it; at most 50 characters.</summary>
        /// <example>2026-03</example>
        public string? TextVersion { get; init; }

        /// <summary>How: `PAPER`, `TELEPHONE` or `IN_PERSON` from staff, `ONLINE` from customers. Left out: PAPER, from a customer ONLINE.</summary>
        /// <example>PAPER</example>
        public GivenOver? Channel { get; init; }

        /// <summary>When it was given; left out: now. Customers leave it out.</summary>
        /// <example>2026-11-19T14:00:00Z</example>
        public DateTimeOffset? GivenAt { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Purpose).NotEmpty().MaximumLength(Consent.MaximumPurposeLength).Matches(Consent.PurposePattern);
            RuleFor(request => request.TextVersion).NotEmpty().MaximumLength(Consent.MaximumTextVersionLength);
            RuleFor(request => request.Channel).IsInEnum();
        }
    }

    public override void Configure()
    {
        Post("customers/{id:guid}/consents");
        Permissions(CustomersPermission.ConsentsWrite);
    }

    public override async Task<Results<Created<ConsentResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var now = clock.GetStorableNow();
        if (ConsentErrors.ChannelOf(caller, request.Channel) is not { } channel)
        {
            return Problem.From([ConsentErrors.WrongChannel]);
        }
        if (request.GivenAt is { } givenAt && (channel == GivenOver.Online || givenAt > now))
        {
            return Problem.From([ConsentErrors.WrongTime]);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        // Held, so that the customer is not removed in between and the consent left active.
        if (await customers.HoldAsync(id, ct) is null)
        {
            return Problem.NotFound;
        }
        var active = db.Consents.Where(row => row.CustomerId == id && row.Purpose == request.Purpose && row.EndedAt == null);
        if (await active.AnyAsync(row => row.TextVersion == request.TextVersion, ct))
        {
            return Problem.From(ConsentErrors.Given);
        }
        await ledger.EndAsync(active, ConsentEnd.Replaced, channel, ct);
        var consent = new Consent(id, request.Purpose!, request.TextVersion!, channel, caller.Reference, request.GivenAt, now);
        db.Add(consent);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // Consents are read together; one alone has no address.
        return TypedResults.Created((string?)null, consent.Adapt<ConsentResponse>());
    }
}
