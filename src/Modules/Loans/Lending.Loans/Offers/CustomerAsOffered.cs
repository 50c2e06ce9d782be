using Lending.Customers.Contracts;
using Lending.Platform.Encryption;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers;

/// <summary>The customer as offered: what was true when the offer was made, whatever the profile says today.</summary>
internal sealed record CustomerAsOffered
{
    public Guid Id { get; init; }

    [Personal]
    public required string FullName { get; init; }

    [Personal]
    public required string Email { get; init; }

    /// <summary>The postal address, in lines; empty in offers that were made before it was kept.</summary>
    [Personal]
    public Encrypted PostalAddress { get; init; } = "";

    /// <summary>The customer as they are called now, kept from being deleted until the transaction ends; null where there is none.</summary>
    public static async Task<CustomerAsOffered?> HoldAsync(ICustomerDirectory customers, Guid id, CancellationToken ct) =>
        await customers.HoldAsync(id, ct) is { } customer
            ? new CustomerAsOffered
            {
                Id = customer.Id,
                FullName = customer.FullName,
                Email = customer.Email,
                PostalAddress = customer.PostalAddress,
            }
            : null;
}
