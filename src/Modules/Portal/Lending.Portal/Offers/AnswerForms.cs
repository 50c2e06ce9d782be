using System.Globalization;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Offers;

/// <summary>The forms with which a customer answers an offer. After each that succeeds, the browser is sent to a page that can be loaded again.</summary>
internal static class AnswerForms
{
    private const string Sent = "sent";

    public static async Task<IResult> SendCodeAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct)
    {
        if (OfferVisit.Of(context, id) is not { } visit)
        {
            return Page.LinkInvalid(context);
        }
        var form = await context.Request.ReadFormAsync(ct);
        var then = form["then"] == "withdraw" ? "withdraw" : "accept";
        if (await offers.SendCodeAsync(visit.Key, visit.Session, ct) is not { } error)
        {
            return Page.SeeOther(context, $"{OfferPages.PathOf(id)}/{then}?{Sent}=1");
        }
        var offer = await OfferPages.ReadAsync(context, id, offers, ct);
        return (offer?.State, then) switch
        {
            (null, _) => Page.LinkInvalid(context),
            (LinkedOfferState.Accepted, "withdraw") => Withdraw(context, offer!, [AnswerFailures.Of(context, error)], StatusOf(error)),
            (LinkedOfferState.Open, "accept") => Accept(context, offer!, null, [AnswerFailures.Of(context, error)], StatusOf(error)),
            _ => Page.SeeOther(context, OfferPages.PathOf(id)),
        };
    }

    public static async Task<IResult> ShowAcceptAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct) =>
        await OfferPages.ReadAsync(context, id, offers, ct) switch
        {
            null => Page.LinkInvalid(context),
            { State: LinkedOfferState.Open } offer => Accept(context, offer, null, [], StatusCodes.Status200OK),
            _ => Page.SeeOther(context, OfferPages.PathOf(id)),
        };

    public static async Task<IResult> AcceptAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct)
    {
        if (OfferVisit.Of(context, id) is not { } visit || await offers.ReadAsync(visit.Key, ct) is not { } offer)
        {
            return Page.LinkInvalid(context);
        }
        // Somebody clicks twice: the page says what became of the first.
        if (offer.State != LinkedOfferState.Open)
        {
            return Page.SeeOther(context, OfferPages.PathOf(id));
        }
        var form = await context.Request.ReadFormAsync(ct);
        var name = form["name"].ToString().Trim();
        var code = CodeFailures.DigitsOf(form["code"].ToString());
        var reader = Page.ReaderOf(context);
        List<Failure> failures = [];
        if (name.Length is 0 or > LinkSignature.MaximumNameLength)
        {
            failures.Add(new("name", reader.Say("Type your first and last name.", "Geben Sie Ihren Vor- und Nachnamen ein.")));
        }
        if (code.Length == 0)
        {
            failures.Add(CodeFailures.Missing(reader));
        }
        if (failures.Count > 0)
        {
            return Accept(context, offer, name, failures, StatusCodes.Status400BadRequest);
        }
        var signature = new LinkSignature(
            name,
            int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            form["hash"].ToString(),
            context.Connection.RemoteIpAddress.Unwrapped()?.ToString(),
            context.Request.Headers.UserAgent.ToString(),
            reader.Language
        );
        return await offers.AcceptAsync(visit.Key, signature, new OfferCode(visit.Session, code), ct) switch
        {
            null => Page.SeeOther(context, OfferPages.PathOf(id)),
            { Code: ILinkedOffers.LinkInvalid } => await AnsweredMeanwhileAsync(context, id, offers, ct),
            { } error => Accept(context, offer, name, [AnswerFailures.Of(context, error)], StatusOf(error)),
        };
    }

    public static async Task<IResult> ShowDeclineAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct) =>
        await OfferPages.ReadAsync(context, id, offers, ct) switch
        {
            null => Page.LinkInvalid(context),
            { State: LinkedOfferState.Open } offer => Decline(context, offer, null, [], StatusCodes.Status200OK),
            _ => Page.SeeOther(context, OfferPages.PathOf(id)),
        };

    public static async Task<IResult> DeclineAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct)
    {
        if (OfferVisit.Of(context, id) is not { } visit || await offers.ReadAsync(visit.Key, ct) is not { } offer)
        {
            return Page.LinkInvalid(context);
        }
        if (offer.State != LinkedOfferState.Open)
        {
            return Page.SeeOther(context, OfferPages.PathOf(id));
        }
        var comment = (await context.Request.ReadFormAsync(ct))["comment"].ToString().Trim();
        if (comment.Length > ILinkedOffers.MaximumCommentLength)
        {
            var text = Page.ReaderOf(context).Say("At most 1,000 characters.", "Höchstens 1.000 Zeichen.");
            return Decline(context, offer, comment, [new("comment", text)], StatusCodes.Status400BadRequest);
        }
        return await offers.DeclineAsync(visit.Key, comment.Length == 0 ? null : comment, ct) switch
        {
            null => Page.SeeOther(context, OfferPages.PathOf(id)),
            { Code: ILinkedOffers.LinkInvalid } => await AnsweredMeanwhileAsync(context, id, offers, ct),
            { } error => Decline(context, offer, comment, [AnswerFailures.Of(context, error)], StatusOf(error)),
        };
    }

    public static async Task<IResult> ShowWithdrawAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct) =>
        await OfferPages.ReadAsync(context, id, offers, ct) switch
        {
            null => Page.LinkInvalid(context),
            { State: LinkedOfferState.Accepted } offer => Withdraw(context, offer, [], StatusCodes.Status200OK),
            _ => Page.SeeOther(context, OfferPages.PathOf(id)),
        };

    public static async Task<IResult> WithdrawAsync(Guid id, HttpContext context, ILinkedOffers offers, CancellationToken ct)
    {
        if (OfferVisit.Of(context, id) is not { } visit || await offers.ReadAsync(visit.Key, ct) is not { } offer)
        {
            return Page.LinkInvalid(context);
        }
        if (offer.State != LinkedOfferState.Accepted)
        {
            return Page.SeeOther(context, OfferPages.PathOf(id));
        }
        var code = CodeFailures.DigitsOf((await context.Request.ReadFormAsync(ct))["code"].ToString());
        if (code.Length == 0)
        {
            return Withdraw(context, offer, [CodeFailures.Missing(Page.ReaderOf(context))], StatusCodes.Status400BadRequest);
        }
        return await offers.WithdrawAsync(visit.Key, new OfferCode(visit.Session, code), ct) switch
        {
            null => Page.SeeOther(context, OfferPages.PathOf(id)),
            { Code: ILinkedOffers.LinkInvalid } => Page.LinkInvalid(context),
            { } error => Withdraw(context, offer, [AnswerFailures.Of(context, error)], StatusOf(error)),
        };
    }

    /// <summary>A link stops working when it answers: of two clicks at once, the second one shows what the first has done.</summary>
    private static async Task<IResult> AnsweredMeanwhileAsync(HttpContext context, Guid id, ILinkedOffers offers, CancellationToken ct) =>
        await OfferPages.ReadAsync(context, id, offers, ct) is null or { State: LinkedOfferState.Open }
            ? Page.LinkInvalid(context)
            : Page.SeeOther(context, OfferPages.PathOf(id));

    private static IResult Accept(HttpContext context, LinkedOffer offer, string? name, IReadOnlyList<Failure> failures, int status) =>
        Page.Of<AcceptPage>(
            context,
            status,
            ("Offer", offer),
            ("Name", name),
            ("Failures", failures),
            ("IsSent", IsSent(context)),
            ("Token", Page.TokenFor(context))
        );

    private static IResult Decline(HttpContext context, LinkedOffer offer, string? comment, IReadOnlyList<Failure> failures, int status) =>
        Page.Of<DeclinePage>(
            context,
            status,
            ("Offer", offer),
            ("Comment", comment),
            ("Failures", failures),
            ("Token", Page.TokenFor(context))
        );

    private static IResult Withdraw(HttpContext context, LinkedOffer offer, IReadOnlyList<Failure> failures, int status) =>
        Page.Of<WithdrawPage>(
            context,
            status,
            ("Offer", offer),
            ("Failures", failures),
            ("IsSent", IsSent(context)),
            ("Token", Page.TokenFor(context))
        );

    private static bool IsSent(HttpContext context) => context.Request.Query.ContainsKey(Sent);

    private static int StatusOf(Error error) =>
        error.Kind == ErrorKind.Validation ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;
}
