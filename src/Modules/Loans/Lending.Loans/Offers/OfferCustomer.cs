using System.Text.Json.Serialization;
using Lending.Customers.Contracts;

namespace Lending.Loans.Offers;

/// <summary>The customer as offered: what was true when the offer was made, whatever the profile says today.</summary>
internal sealed record OfferCustomer
{
    /// <summary>The customer's id.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public Guid Id { get; init; }

    /// <summary>First and last name.</summary>
    /// <example>Ada Berg</example>
    public required string FullName { get; init; }

    /// <summary>Where the customer was written to.</summary>
    /// <example>ada.berg@example.org</example>
    public required string Email { get; init; }

    /// <summary>The postal address, in lines; part of the document only.</summary>
    [JsonIgnore]
    public string PostalAddress { get; init; } = "";

    /// <summary>The customer as they are called now, kept from being deleted until the transaction ends; null where there is none.</summary>
    public static async Task<OfferCustomer?> HoldAsync(ICustomerDirectory customers, Guid id, CancellationToken ct) =>
        await customers.HoldAsync(id, ct) is { } customer
            ? new OfferCustomer
            {
                Id = customer.Id,
                FullName = customer.FullName,
                Email = customer.Email,
                PostalAddress = customer.PostalAddress,
            }
            : null;
}
