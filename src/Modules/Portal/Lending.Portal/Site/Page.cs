using Lending.Disclosures.Contracts;
using Lending.Pdf;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Portal.Site;

/// <summary>What all pages have in common: reader, form token, answers.</summary>
internal static class Page
{
    private const string LanguageCookie = "__Host-language";
    private const string LanguageQuery = "language";

    /// <summary>Who reads: in the language that they chose, else in the one that their browser names.</summary>
    public static Reader ReaderOf(HttpContext context)
    {
        var chosen = context.Request.Cookies[LanguageCookie] ?? context.Request.Headers.AcceptLanguage.ToString();
        return new Reader(DocumentLanguage.For(chosen), context.Request.Path, RootOf(context));
    }

    /// <summary>A page. Its parameters are named as the component names them; the reader is added.</summary>
    public static IResult Of<TPage>(HttpContext context, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var reader = ReaderOf(context);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Reader"] = reader };
        foreach (var (name, value) in parameters)
        {
            values.Add(name, value);
        }
        context.Response.Headers.ContentLanguage = reader.Language;
        return new RazorComponentResult<TPage>(values) { StatusCode = status };
    }

    /// <summary>A form that was given, as its own page.</summary>
    public static IResult Form(HttpContext context, GivenForm form)
    {
        context.Response.Headers.ContentLanguage = form.Language;
        return TypedResults.Text(form.Html, "text/html; charset=utf-8");
    }

    /// <summary>A page that says what went wrong.</summary>
    public static IResult Trouble(HttpContext context, int status) => Of<TroublePage>(context, status, ("Status", status));

    /// <summary>The same, for the platform.</summary>
    public static Task TellAsync(HttpContext context, int status) => Trouble(context, status).ExecuteAsync(context);

    /// <summary>One page for every link that does not work and all that is not the reader's, so that nobody learns why.</summary>
    public static IResult LinkInvalid(HttpContext context) => Trouble(context, StatusCodes.Status404NotFound);

    /// <summary>Sends the browser to another page, to be read: what was sent is not sent again when that one is loaded anew.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = RootOf(context) + path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>What a form has to carry.</summary>
    public static FormToken TokenFor(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Refuses forms that do not come from a page of ours, and remembers a language that was chosen.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return await IsOursAsync(context) ? await next(invocation) : Trouble(context, StatusCodes.Status400BadRequest);
        }
        if (
            context.Request.Query[LanguageQuery] is [{ } language]
            && DocumentLanguage.All.FirstOrDefault(one => one.Code == language) is { } known
        )
        {
            OwnCookie.Set(context, LanguageCookie, known.Code);
            return SeeOther(context, context.Request.Path);
        }
        return await next(invocation);
    }

    /// <summary>Whether a form comes from a page of ours, by a field that was read of it while the rest has not arrived.</summary>
    public static async Task<bool> IsOursAsync(HttpContext context, string field, string token)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<AntiforgeryOptions>>().Value;
        if (field != options.FormFieldName || token.Length == 0)
        {
            return false;
        }
        // Where it is looked for first; the form, which is not read yet, is left alone.
        context.Request.Headers[options.HeaderName!] = token;
        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    private static async Task<bool> IsOursAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType
                && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        }
        // A form that cannot be read.
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    // What stands in front may have taken it away from the request's path.
    private static string RootOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<PublicUrl>().Value.AbsolutePath.TrimEnd('/');
}
