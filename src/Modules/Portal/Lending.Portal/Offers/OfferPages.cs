using System.Globalization;
using Lending.Disclosures.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lending.Portal.Offers;

/// <summary>
/// The pages of an offer, for whoever holds the link to it. Reading changes nothing but that the version counts as seen: programs that scan mails open links.
/// </summary>
internal static class OfferPages
{
    public static void Map(RouteGroupBuilder offer)
    {
        offer.RequireRateLimiting(RateLimits.Authentication).AddEndpointFilter(Page.FilterAsync);
        offer.MapGet("", ShowAsync);
        offer.MapGet("/document", ShowDocumentAsync);
        offer.MapGet("/information", ShowInformationAsync).WithMetadata(new ServedFormPage());
        offer.MapPost("/code", AnswerForms.SendCodeAsync);
        // Who loads a refusal again, or chooses another language there.
        offer.MapGet("/code", (Guid id, HttpContext context) => Page.SeeOther(context, PathOf(id)));
        offer.MapGet("/accept", AnswerForms.ShowAcceptAsync);
        offer.MapPost("/accept", AnswerForms.AcceptAsync);
        offer.MapGet("/decline", AnswerForms.ShowDeclineAsync);
        offer.MapPost("/decline", AnswerForms.DeclineAsync);
        offer.MapGet("/withdraw", AnswerForms.ShowWithdrawAsync);
        offer.MapPost("/withdraw", AnswerForms.WithdrawAsync);
    }

    /// <summary>Where the pages of an offer begin.</summary>
    public static string PathOf(Guid id) => string.Create(CultureInfo.InvariantCulture, $"/loan-offers/{id}");

    /// <summary>The offer, as far as this browser has its link; null where the link does not work, or not any more.</summary>
    public static Task<LinkedOffer?> ReadAsync(HttpContext context, Guid id, ILinkedOffers offers, CancellationToken ct) =>
        OfferVisit.Of(context, id) is { } visit ? offers.ReadAsync(visit.Key, ct) : Task.FromResult<LinkedOffer?>(null);

    private static async Task<IResult> ShowAsync(
        Guid id,
        HttpContext context,
        ILinkedOffers offers,
        IGivenForms forms,
        CancellationToken ct
    )
    {
        // The secret leaves the address at once: addresses are kept in histories, and shown to who looks over a shoulder.
        if (context.Request.Query["token"] is [{ } token])
        {
            OfferVisit.Begin(context, id, token);
            return Page.SeeOther(context, PathOf(id));
        }
        if (await ReadAsync(context, id, offers, ct) is not { } offer)
        {
            return Page.LinkInvalid(context);
        }
        var hasForm = await forms.IsGivenAsync(id, offer.Credit.DocumentHash, ct);
        return Page.Of<OfferPage>(context, StatusCodes.Status200OK, ("Offer", offer), ("HasForm", hasForm));
    }

    private static async Task<IResult> ShowDocumentAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct)
    {
        var language = Page.ReaderOf(context).Language;
        if (OfferVisit.Of(context, id) is not { } visit || await offers.ReadDocumentAsync(visit.Key, language, ct) is not { } pdf)
        {
            return Page.LinkInvalid(context);
        }
        context.Response.Headers.ContentLanguage = language;
        context.Response.Headers.ContentDisposition = $"inline; filename=\"loan-offer-{id}-{language}.pdf\"";
        return TypedResults.Bytes(pdf, "application/pdf");
    }

    private static async Task<IResult> ShowInformationAsync(
        Guid id,
        HttpContext context,
        ILinkedOffers offers,
        IGivenForms forms,
        CancellationToken ct
    ) =>
        await ReadAsync(context, id, offers, ct) is { } offer && await forms.ReadAsync(id, offer.Credit.DocumentHash, ct) is { } form
            ? Page.Form(context, form)
            : Page.LinkInvalid(context);
}
