using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Loans.Data;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Whose <c>Idempotency-Key</c> it is that comes with a link and without a credential: the link's, also after its answer has used it up.</summary>
internal static class LinkHolder
{
    /// <summary>The link in the body, or null where it is none that was ever made for this offer, or one that was revoked: then the slice says what is wrong.</summary>
    public static async Task<KeySender?> FindAsync(HttpContext context, byte[] body)
    {
        if (!Guid.TryParse(context.GetRouteValue("id") as string, out var offerId) || TokenIn(body) is not { } token)
        {
            return null;
        }
        var hash = Secret.Hash(token);
        return await context
            .RequestServices.GetRequiredService<LoansDbContext>()
            .OfferLinks.OfEveryOrganization()
            .Where(link => link.OfferId == offerId && link.TokenHash == hash && link.RevokedAt == null)
            .Select(link => new KeySender(link.OrganizationId, link.Id))
            .SingleOrDefaultAsync(context.RequestAborted);
    }

    private static string? TokenIn(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Linked>(body)?.LinkToken;
        }
        catch (JsonException)
        {
            // The slice tells what is wrong with it.
            return null;
        }
    }

    private sealed record Linked([property: JsonPropertyName("linkToken")] string? LinkToken);
}
