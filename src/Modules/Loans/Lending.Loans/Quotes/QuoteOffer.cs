using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Products;
using Lending.Loans.Terms;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Quotes;

/// <summary>Computes all that is to be said about a loan, and about others to compare it with, without storing anything. Public.</summary>
/// <remarks>
/// Exactly two of amount (or cash price), term and monthly budget are given, and the third is computed. A product sets rate, fees and method; staff
/// may use their organisation's products, everybody those that are public. All wrong fields of all options are named at once.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`. Where one field alone is wrong in the loan as a whole, its own code:
/// `amount-scale`: more decimals than the currency has. `loan-amount-out-of-range`: a cash price that leads to an amount beyond the limits.
/// `does-not-amortise`, `interest-free-in-part`, `interest-only-months-out-of-range`, `rate-steps-invalid`, `first-due-date-out-of-range`,
/// `amount-owed-out-of-range`, `aprc-out-of-range`, `budget-too-small`: these terms make no loan, and the message says what to change.
/// `unknown-product`, `product-retired`, `currency-mismatch`, `amount-outside-product`, `term-outside-product`, `no-rate-for-terms`: the product
/// does not lend so.
/// </response>
internal sealed class QuoteOffer(OrganizationClock clock, QuoteMetrics metrics)
    : Endpoint<QuoteOffer.Request, Results<Ok<QuoteResponse>, Problem>>
{
    /// <summary>The most loans in one request, the main one included.</summary>
    public const int MaximumOptions = 20;

    private static readonly Dictionary<Guid, UsableProduct> NoProducts = [];

    internal sealed record Request : QuoteOption
    {
        /// <summary>At most 19 other loans to compare with; what they leave out is as above.</summary>
        public IReadOnlyList<QuoteAlternative>? Alternatives { get; init; }

        /// <summary>All loans that are asked about, the main one first, each with all that it takes from the main one.</summary>
        public IEnumerable<QuoteOption> Options() =>
            (Alternatives ?? []).Select(QuoteOption (alternative) => alternative.Over(this)).Prepend(this);
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            var members = new QuoteOption.Validator();
            Include(members);
            RuleFor(request => request.Alternatives)
                .Must((request, _) => HasFewEnough(request))
                .WithErrorCode("too-many")
                .WithMessage($"There may be at most {MaximumOptions - 1} alternatives.");
            // Of too many, none is looked at.
            RuleForEach(request => request.Alternatives).MustBeThere().SetValidator(members).When(HasFewEnough);
            RuleFor(request => request).Custom(CheckShapes);
        }

        private static bool HasFewEnough(Request request) => request.Alternatives is null or { Count: < MaximumOptions };

        private static void CheckShapes(Request request, FluentValidation.ValidationContext<Request> context)
        {
            var errors = QuoteShape.Check(request).ToList();
            errors.ForEach(context.AddFailure);
            if (!HasFewEnough(request))
            {
                return;
            }
            for (var index = 0; index < (request.Alternatives?.Count ?? 0); index++)
            {
                if (request.Alternatives![index] is { } alternative)
                {
                    QuoteShape
                        .Check(alternative.Over(request))
                        .Where(error => Gives(alternative, error.PropertyName) || !errors.Exists(other => IsSame(other, error)))
                        .ToList()
                        .ForEach(error =>
                        {
                            error.PropertyName = $"{nameof(request.Alternatives)}[{index}].{error.PropertyName}";
                            context.AddFailure(error);
                        });
                }
            }
        }

        // What an alternative only takes from the main loan is told once, there.
        private static bool Gives(QuoteAlternative alternative, string member) =>
            typeof(QuoteAlternative).GetProperty(member)!.GetValue(alternative) is not null;

        private static bool IsSame(ValidationFailure one, ValidationFailure other) =>
            one.PropertyName == other.PropertyName && one.ErrorCode == other.ErrorCode;
    }

    public override void Configure()
    {
        Post("loan-offers/quote");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Quotes));
    }

    public override async Task<Results<Ok<QuoteResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var begunAt = clock.GetTimestamp();
        var options = request.Alternatives is { Count: > 0 } ? request.Options().ToList() : [request];
        var products = await FindProductsAsync(options, ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var quotes = new List<QuoteResponse>(options.Count);
        var errors = new List<Error>();
        for (var index = 0; index < options.Count; index++)
        {
            // A quote is computed without waiting for anything, so nothing else notices that the client went away.
            ct.ThrowIfCancellationRequested();
            var option = options[index];
            var known = errors.Count;
            var product = option.ProductId is { } id ? products.GetValueOrDefault(id) : null;
            if (QuoteCalculation.Quote(option, product, today, errors, ct) is { } quote)
            {
                quotes.Add(
                    quote.Adapt<QuoteResponse>() with
                    {
                        Product = product?.Adapt<QuotedProduct>(),
                        Schedule = option.IncludeSchedule == true ? quote.Schedule() : null,
                    }
                );
            }
            for (; index > 0 && known < errors.Count; known++)
            {
                errors[known] = errors[known] with { Field = $"alternatives[{index - 1}].{errors[known].Field}" };
            }
        }
        metrics.Duration.Record(clock.GetElapsedTime(begunAt).TotalSeconds);
        return errors.Count switch
        {
            0 => TypedResults.Ok(quotes.Count == 1 ? quotes[0] : quotes[0] with { Alternatives = quotes[1..] }),
            1 => Problem.From(errors[0]),
            _ => Problem.From(errors),
        };
    }

    /// <summary>The products that are asked about and that the caller may use, as they are now.</summary>
    private async ValueTask<Dictionary<Guid, UsableProduct>> FindProductsAsync(List<QuoteOption> options, CancellationToken ct)
    {
        if (!options.Exists(option => option.ProductId is not null))
        {
            return NoProducts;
        }
        var ids = options.Where(option => option.ProductId is not null).Select(option => option.ProductId!.Value).Distinct().ToList();
        // Only here: most quotes need no database.
        var caller = HttpContext.RequestServices.GetRequiredService<Caller>();
        var (isStaff, organizationId) = (caller.May(LoansPermission.ProductsRead), caller.OrganizationId);
        var db = HttpContext.RequestServices.GetRequiredService<LoansDbContext>();
        return await db
            .CurrentProductVersions.OfEveryOrganization(keepCustomerFilter: true)
            .Where(version =>
                ids.Contains(version.ProductId) && (version.Product.IsPublic || (isStaff && version.OrganizationId == organizationId))
            )
            .Select(UsableProduct.Projection)
            .ToDictionaryAsync(product => product.Id, ct);
    }
}
