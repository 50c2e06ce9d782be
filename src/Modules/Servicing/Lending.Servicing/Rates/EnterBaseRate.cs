using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Rates;

/// <summary>
/// Enters the base rate (§ 247 BGB) of the half-year after the last one that is known, for all organisations. It is never changed afterwards. Other hosts
/// know it within half a minute.
/// </summary>
/// <response code="409">
/// `base-rate-not-next`: it is not of the half-year after the last one that is known. `concurrent-change`: somebody else entered one at the same time.
/// </response>
internal sealed class EnterBaseRate(ServicingDbContext db, KnownBaseRates known, Caller caller, OrganizationClock clock)
    : Endpoint<EnterBaseRate.Request, Results<Created<BaseRatesResponse>, Problem>>
{
    private static readonly Error NotNext = Error.Conflict(
        "base-rate-not-next",
        "It is not of the half-year after the last one that is known: none may be left out, and none is entered twice.",
        "from"
    );

    internal sealed record Request
    {
        /// <summary>The first day of the half-year: the first of January or July.</summary>
        /// <example>2027-01-01</example>
        public DateOnly? From { get; init; }

        /// <summary>The rate; may be negative.</summary>
        /// <example>1.52</example>
        public decimal? Percent { get; init; }

        /// <summary>Where it was published.</summary>
        /// <example>Deutsche Bundesbank, press release of 29 December 2026</example>
        public string? Source { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.From)
                .NotNull()
                .Must(day => day is null || day is { Day: 1, Month: 1 or 7 })
                .WithMessage("A half-year begins on the first of January or July.");
            RuleFor(request => request.Percent).NotNull().InclusiveBetween(-10, 30).PrecisionScale(5, 2, ignoreTrailingZeros: true);
            RuleFor(request => request.Source).NotEmpty().MaximumLength(BaseRateRow.MaximumSourceLength);
        }
    }

    public override void Configure()
    {
        Post("base-rates");
        Permissions(ServicingPermission.BaseRates);
    }

    public override async Task<Results<Created<BaseRatesResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var before = await KnownBaseRates.ReadAsync(db, ct);
        if (request.From != before.All[^1].To.AddDays(1))
        {
            return Problem.From(NotNext);
        }
        var row = BaseRateRow.Of(request.From!.Value, request.Percent!.Value, request.Source!, caller.Reference, clock.GetStorableNow());
        db.Add(row);
        await db.SaveChangesAsync(ct);
        known.Forget();
        return TypedResults.Created("/api/v1/base-rates", BaseRatesResponse.Of(new BaseRates([.. before.All, row.ToRate()])));
    }
}
