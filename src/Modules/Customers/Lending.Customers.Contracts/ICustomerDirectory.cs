namespace Lending.Customers.Contracts;

/// <summary>Looks customers up for other modules, as the present caller may see them.</summary>
public interface ICustomerDirectory
{
    /// <summary>
    /// Finds a customer and keeps it from being deleted until the caller's transaction ends, as a foreign key would. Null: no such customer.
    /// </summary>
    Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct);
}

/// <summary>What other modules need to know of a customer.</summary>
/// <param name="Id">The customer's id.</param>
/// <param name="FullName">First and last name.</param>
/// <param name="Email">Where the customer is written to.</param>
/// <param name="PostalAddress">The address as it is written on a letter, without the name: lines parted by <c>\n</c>, the country's code last.</param>
/// <param name="Language">The language that the customer is written to in; null for the organisation's.</param>
public sealed record CustomerSummary(Guid Id, string FullName, string Email, string PostalAddress, string? Language = null)
{
    /// <summary>The phone number in the form in which it is kept.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The country of the address, by its ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }
}
