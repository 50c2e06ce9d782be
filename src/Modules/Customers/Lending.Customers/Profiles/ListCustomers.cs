using FastEndpoints;
using FluentValidation;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Lists customers, the newest first. Customers themselves find only their own profile.</summary>
internal sealed class ListCustomers(CustomersDbContext db) : Endpoint<ListCustomers.Request, Ok<Page<CustomerResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Part of the full name or the e-mail address, in any case of letters; at most 100 characters.</summary>
        public string? Search { get; init; }

        /// <summary>The city, in any case of letters.</summary>
        public string? City { get; init; }

        /// <summary>ISO 3166-1 alpha-2 code of the country.</summary>
        public string? Country { get; init; }

        /// <summary>The id of the user who created the customers.</summary>
        public Guid? CreatedBy { get; init; }

        /// <summary>Created at this time or later.</summary>
        public DateTimeOffset? CreatedFrom { get; init; }

        /// <summary>Created before this time.</summary>
        public DateTimeOffset? CreatedTo { get; init; }

        /// <summary>`-createdAt` (newest first, the default), `createdAt`, `name` (last name, then first name) or `-name`.</summary>
        public string Sort { get; init; } = Platform.Http.Cursor.NewestFirst;
    }

    internal sealed class Validator : Validator<Request>
    {
        private const int MaximumSearchLength = 100;

        public Validator()
        {
            Include(new PageRequestValidator(request => ((Request)request).Sort, CustomerOrder.HasFittingValue));
            RuleFor(request => request.Search).MaximumLength(MaximumSearchLength);
            RuleFor(request => request.City).MaximumLength(CustomerFields.MaximumCityLength);
            RuleFor(request => request.Country)
                .Must(country => string.IsNullOrEmpty(country) || Kernel.Country.IsKnown(country.ToUpperInvariant()))
                .WithErrorCode("unknown-country")
                .WithMessage("This is no ISO 3166-1 alpha-2 country code, such as DE.");
            RuleFor(request => request.Sort)
                .Must(CustomerOrder.All.Contains)
                .WithErrorCode("unknown-sort")
                .WithMessage($"Sort by one of: {string.Join(", ", CustomerOrder.All)}.");
        }
    }

    public override void Configure()
    {
        Get("customers");
        Permissions(Permission.CustomersRead);
    }

    public override async Task<Ok<Page<CustomerResponse>>> ExecuteAsync(Request req, CancellationToken ct)
    {
        var matching = Filter(db.Customers, req);
        long? total = req.IncludeTotal ? await matching.LongCountAsync(ct) : null;
        var rows = await matching
            .After(Cursor.Parse(req.Cursor, req.Sort), req.Sort)
            .Take(req.Limit + 1)
            .Select(CustomerResponse.Projection)
            .ToListAsync(ct);
        return TypedResults.Ok(req.Page(rows, total, last => CustomerOrder.PositionOf(last, req.Sort)));
    }

    private const string EscapeCharacter = @"\";

    private static IQueryable<Customer> Filter(IQueryable<Customer> customers, Request request)
    {
        if (!string.IsNullOrEmpty(request.Search))
        {
            var pattern = $"%{Literally(request.Search)}%";
            customers = customers.Where(customer =>
                EF.Functions.ILike(EF.Property<string>(customer, CustomerConfiguration.SearchText), pattern, EscapeCharacter)
            );
        }
        if (!string.IsNullOrEmpty(request.City))
        {
            var city = Literally(request.City);
            customers = customers.Where(customer => EF.Functions.ILike(customer.City, city, EscapeCharacter));
        }
        if (!string.IsNullOrEmpty(request.Country))
        {
            var country = request.Country.ToUpperInvariant();
            customers = customers.Where(customer => customer.Country == country);
        }
        if (request.CreatedBy is { } creator)
        {
            customers = customers.Where(customer => customer.CreatedBy.Id == creator);
        }
        if (request.CreatedFrom?.ToUniversalTime() is { } from)
        {
            customers = customers.Where(customer => customer.CreatedAt >= from);
        }
        if (request.CreatedTo?.ToUniversalTime() is { } to)
        {
            customers = customers.Where(customer => customer.CreatedAt < to);
        }
        return customers;
    }

    /// <summary>A pattern that matches this very text: the wildcards of LIKE mean themselves.</summary>
    private static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
