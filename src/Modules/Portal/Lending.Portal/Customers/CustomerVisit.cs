using Lending.Customers.Contracts;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Customers;

/// <summary>What a browser keeps of a link to a customer's pages that was opened in it.</summary>
/// <param name="Key">The link, and its token.</param>
/// <param name="Session">The secret of the session.</param>
internal sealed record CustomerVisit(CustomerLinkKey Key, string Session)
{
    private const string Kind = "customer";

    /// <summary>What the browser keeps of this link; null where it keeps nothing.</summary>
    public static CustomerVisit? Of(HttpContext context, Guid linkId) =>
        LinkVisit.Of(context, Kind, linkId) is { } visit
            ? new CustomerVisit(new CustomerLinkKey(linkId, visit.Token), visit.Session)
            : null;

    /// <summary>Lets the browser keep a link.</summary>
    public static void Begin(HttpContext context, Guid linkId, string token) => LinkVisit.Begin(context, Kind, linkId, token);
}
