using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Profiles;

/// <summary>Lists customers, the newest first. Customers themselves find only their own profile.</summary>
internal sealed class ListCustomers(OrganizationSql sql, KeyRing ring) : Endpoint<ListCustomers.Request, Ok<Page<CustomerResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Part of the full name, or the whole e-mail address, in any case of letters, or the whole phone number; at most 254 characters.</summary>
        public string? Search { get; init; }

        /// <summary>The city, in any case of letters.</summary>
        public string? City { get; init; }

        /// <summary>ISO 3166-1 alpha-2 code of the country.</summary>
        public string? Country { get; init; }

        /// <summary>The id of the user who created the customers.</summary>
        public Guid? CreatedBy { get; init; }

        /// <summary>The id of the user who looks after the customers.</summary>
        public Guid? InstallerId { get; init; }

        /// <summary>Created at this time or later.</summary>
        public DateTimeOffset? CreatedFrom { get; init; }

        /// <summary>Created before this time.</summary>
        public DateTimeOffset? CreatedTo { get; init; }

        /// <summary>`-createdAt` (newest first, the default), `createdAt`, `name` (last name, then first name) or `-name`.</summary>
        public string Sort { get; init; } = Platform.Http.Cursor.NewestFirst;
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(request => ((Request)request).Sort, CustomerOrder.HasFittingValue));
            RuleFor(request => request.Search).MaximumLength(CustomerFields.MaximumEmailLength);
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
        this.TellsOfPersons<CustomerResponse>(nameof(Customer), customer => customer.Id, customer => customer.Id);
        this.MayReadFromStandby();
    }

    public override async Task<Ok<Page<CustomerResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var filters = new SqlFilters()
            .Add(request.Search, Matching)
            .Add(request.City, city => $"city ILIKE {SqlFilters.Literally(city)}")
            .Add(request.Country, country => $"country = {country.ToUpperInvariant()}")
            .Add(request.CreatedBy, id => $"created_by_id = {id}")
            .Add(request.InstallerId, id => $"installer_id = {id}")
            .Add(request.CreatedFrom, time => $"created_at >= {time.ToUniversalTime()}")
            .Add(request.CreatedTo, time => $"created_at < {time.ToUniversalTime()}");
        FormattableString matching = $"FROM customers.customers WHERE {sql.OfCaller($"id")}{filters.Conditions}";
        var total = request.IncludeTotal ? await sql.ReadAsync($"SELECT count(*) {matching}", row => row.GetInt64(0), ct) : null;
        var page = await sql.ReadAsync(
            $"SELECT {CustomerResponse.Columns} {matching}{CustomerOrder.PageOf(request, request.Sort)}",
            row => CustomerResponse.Read(row, ring),
            ct,
            planForValues: filters.Any
        );
        return TypedResults.Ok(request.Page(page, total?.Single(), last => CustomerOrder.PositionOf(last, request.Sort)));
    }

    // What is encrypted is found as a whole, by its hash.
    private FormattableString Matching(string search) =>
        EmailAddress.IsValid(search.Trim()) ? $"email_hash = {ring.SearchHash(CustomerColumns.Email, search.Trim())}"
        : PhoneNumber.Normalize(search) is { } number ? $"phone_number_hash = {ring.SearchHash(CustomerColumns.PhoneNumber, number)}"
        : (FormattableString)$"search_text ILIKE {$"%{SqlFilters.Literally(search)}%"}";
}
