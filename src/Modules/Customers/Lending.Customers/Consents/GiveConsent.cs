using System.Text.RegularExpressions;
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
internal sealed partial class GiveConsent(
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

        /// <summary>
        /// The SHA-256 of the text that the customer saw, as 64 lower-case hexadecimal digits. It proves later which of the organisation's texts that was; may be left
        /// out, together with `locale`.
        /// </summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string? TextHash { get; init; }

        /// <summary>The language of the text that the customer saw, as a BCP 47 tag; at most 35 characters.</summary>
        /// <example>de</example>
        public string? Locale { get; init; }

        /// <summary>How: `PAPER`, `TELEPHONE` or `IN_PERSON` from staff, `ONLINE` from customers. Left out: PAPER, from a customer ONLINE.</summary>
        /// <example>PAPER</example>
        public GivenOver? Channel { get; init; }

        /// <summary>When it was given; left out: now. Customers leave it out.</summary>
        /// <example>2026-11-19T14:00:00Z</example>
        public DateTimeOffset? GivenAt { get; init; }
    }

    internal sealed partial class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleLevelCascadeMode = CascadeMode.Stop;
            RuleFor(request => request.Purpose)
                .NotEmpty()
                .MaximumLength(Consent.MaximumPurposeLength)
                .Matches(Consent.PurposePattern)
                .MustBeOneLine();
            RuleFor(request => request.TextVersion).NotEmpty().MaximumLength(Consent.MaximumTextVersionLength);
            RuleFor(request => request.TextHash).Length(Consent.TextHashLength).Matches(Consent.TextHashPattern);
            RuleFor(request => request.TextHash).NotNull().When(request => request.Locale is not null);
            RuleFor(request => request.Locale)
                .MaximumLength(Consent.MaximumLocaleLength)
                .Must(locale => locale is null || LanguageTag().IsMatch(locale))
                .WithErrorCode("invalid-locale")
                .WithMessage("This is no language tag, such as de or de-AT.");
            RuleFor(request => request.Locale).NotNull().When(request => request.TextHash is not null);
            RuleFor(request => request.Channel).IsInEnum();
        }

        [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex LanguageTag();
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
        var consent = new Consent(
            id,
            request.Purpose!,
            new ShownText(request.TextVersion!, request.TextHash, request.Locale),
            channel,
            caller.Reference,
            request.GivenAt,
            now
        );
        db.Add(consent);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // Consents are read together; one alone has no address.
        return TypedResults.Created((string?)null, consent.Adapt<ConsentResponse>());
    }
}
