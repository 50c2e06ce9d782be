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
}
