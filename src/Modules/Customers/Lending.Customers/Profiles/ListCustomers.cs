using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Lists customers, the newest first. Customers themselves find only their own profile.</summary>
internal sealed class ListCustomers(Rows<CustomersDbContext> rows) : Endpoint<ListCustomers.Request, Ok<Page<CustomerResponse>>>
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

    private const string EscapeCharacter = @"\";

    private static readonly CompiledList<CustomersDbContext, Customer, Request, CustomerResponse> Customers = new CompiledList<
        CustomersDbContext,
        Customer,
        Request,
        CustomerResponse
    >(db => db.Customers, CustomerResponse.Projection, CustomerOrder.Sort, request => request.Sort)
        .Where(
            request => string.IsNullOrEmpty(request.Search) ? null : $"%{Literally(request.Search)}%",
            (customer, pattern) =>
                EF.Functions.ILike(EF.Property<string>(customer, CustomerConfiguration.SearchText), pattern, EscapeCharacter)
        )
        .Where(
            request => string.IsNullOrEmpty(request.City) ? null : Literally(request.City),
            (customer, city) => EF.Functions.ILike(customer.City, city, EscapeCharacter)
        )
        .Where(
            request => string.IsNullOrEmpty(request.Country) ? null : request.Country.ToUpperInvariant(),
            (customer, country) => customer.Country == country
        )
        .Where(request => request.CreatedBy, (customer, id) => customer.CreatedBy.Id == id)
        .Where(request => request.CreatedFrom?.ToUniversalTime(), (customer, time) => customer.CreatedAt >= time)
        .Where(request => request.CreatedTo?.ToUniversalTime(), (customer, time) => customer.CreatedAt < time)
        .After<DateTimeOffset, Guid>(
            request => CustomerOrder.TimeOf(request.Cursor, request.Sort, Platform.Http.Cursor.NewestFirst),
            (customer, time, id) => EF.Functions.LessThan(ValueTuple.Create(customer.CreatedAt, customer.Id), ValueTuple.Create(time, id))
        )
        .After<DateTimeOffset, Guid>(
            request => CustomerOrder.TimeOf(request.Cursor, request.Sort, CustomerOrder.OldestFirst),
            (customer, time, id) =>
                EF.Functions.GreaterThan(ValueTuple.Create(customer.CreatedAt, customer.Id), ValueTuple.Create(time, id))
        )
        .After<string, string, Guid>(
            request => CustomerOrder.NameOf(request.Cursor, request.Sort, CustomerOrder.ByName),
            (customer, last, first, id) =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(customer.LastName, customer.FirstName, customer.Id),
                    ValueTuple.Create(last, first, id)
                )
        )
        .After<string, string, Guid>(
            request => CustomerOrder.NameOf(request.Cursor, request.Sort, CustomerOrder.ByNameDescending),
            (customer, last, first, id) =>
                EF.Functions.LessThan(
                    ValueTuple.Create(customer.LastName, customer.FirstName, customer.Id),
                    ValueTuple.Create(last, first, id)
                )
        );

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
        Permissions(CustomersPermission.CustomersRead);
    }

    public override async Task<Ok<Page<CustomerResponse>>> ExecuteAsync(Request req, CancellationToken ct)
    {
        long? total = req.IncludeTotal ? await Customers.CountAsync(rows, req, ct) : null;
        var page = await Customers.ReadAsync(rows, req, ct);
        return TypedResults.Ok(req.Page(page, total, last => CustomerOrder.PositionOf(last, req.Sort)));
    }

    /// <summary>A pattern that matches this very text: the wildcards of LIKE mean themselves.</summary>
    private static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
