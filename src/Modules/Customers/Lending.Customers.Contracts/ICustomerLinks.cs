using Lending.Kernel;

namespace Lending.Customers.Contracts;

/// <summary>
/// Links with which customers without an account come to what is theirs, on another module's pages: the link of a mail and, beside it, a code by mail, which opens
/// the pages in the browser that asked for it and in no other.
/// </summary>
public interface ICustomerLinks
{
    /// <summary>Makes a link for a customer who is held, to be mailed to the address that they have now; in the caller's transaction.</summary>
    Task<CustomerLinkKey> CreateAsync(CustomerSummary customer, CancellationToken ct);

    /// <summary>What the link opens in this session; null where it does not work. Where it is open, the caller acts for its customer from here on.</summary>
    Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session, CancellationToken ct);

    /// <summary>Mails the customer a code, which works in this session alone. The one before stops working.</summary>
    Task<Error?> SendCodeAsync(CustomerLinkKey key, string session, CancellationToken ct);

    /// <summary>Opens the pages in this session, with its code, for a while. The session that was open before is closed.</summary>
    Task<Error?> ConfirmAsync(CustomerLinkKey key, string session, string digits, CancellationToken ct);
}

/// <summary>What the link of a mail names.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="Token">The secret that was mailed.</param>
public sealed record CustomerLinkKey(Guid LinkId, string Token);

/// <summary>What a link that works opens.</summary>
/// <param name="OrganizationId">Whose customer it is.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="IsConfirmed">Whether this session gave a code. Without one it is shown nothing of the customer's.</param>
public sealed record OpenedLink(Guid OrganizationId, Guid CustomerId, bool IsConfirmed);
