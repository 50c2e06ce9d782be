namespace Lending.Loans.Offers.Acceptance;

/// <summary>How a code reached the customer.</summary>
internal enum CodeChannel
{
    /// <summary>By mail, to the address that the organisation knows of the customer.</summary>
    Email,
}
