using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Lending.Servicing.Papers;

/// <summary>Papers are answered as JSON, or as PDF where that is what a client likes best.</summary>
internal static class PdfAnswer
{
    public const string ContentType = "application/pdf";

    /// <summary>Whether <c>Accept</c> likes PDF best.</summary>
    public static bool WantsPdf(this HttpContext context) =>
        context
            .Request.GetTypedHeaders()
            .Accept.Where(range => range.Quality != 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .FirstOrDefault()
            ?.MediaType == ContentType;

    /// <summary>The language that the reader likes best.</summary>
    public static PaperWording Wording(this HttpContext context) => PaperWording.For(context.Request.Headers.AcceptLanguage);

    /// <summary>A PDF file of this name.</summary>
    public static PushStreamHttpResult Pdf(this HttpContext context, string name, PaperWording words, byte[] pdf)
    {
        var headers = context.Response.Headers;
        headers.ContentLanguage = words.Format.Code;
        headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptLanguage}";
        headers.ContentDisposition = $"inline; filename=\"{name}-{words.Format.Code}.pdf\"";
        context.Response.ContentLength = pdf.Length;
        return TypedResults.Stream(body => body.WriteAsync(pdf, context.RequestAborted).AsTask(), ContentType);
    }
}
