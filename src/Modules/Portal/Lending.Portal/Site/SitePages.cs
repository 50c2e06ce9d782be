using Lending.Kernel;
using Lending.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace Lending.Portal.Site;

/// <summary>The first page, and the style of all.</summary>
internal static class SitePages
{
    private const string StyleType = "text/css; charset=utf-8";

    private static readonly byte[] Style = Read("portal.css");

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages
            .MapGet(
                "/",
                (HttpContext context, IConfiguration configuration) =>
                    Page.Of<HomePage>(
                        context,
                        StatusCodes.Status200OK,
                        ("HasDocumentation", configuration.GetValue("Documentation:Pages", defaultValue: true))
                    )
            )
            .AddEndpointFilter(Page.FilterAsync);
        pages.MapGet("/portal.css", () => TypedResults.Bytes(Style, StyleType));
        pages.MapGet("/colors/{digits}.css", StyleOf);
    }

    /// <summary>
    /// The style that goes with an organisation's colour. It follows from the colour alone, so that it tells nothing of organisations; and one in which nobody
    /// can read is none.
    /// </summary>
    private static IResult StyleOf(string digits) =>
        WebColor.Find($"#{digits}") is { IsReadable: true } color
            ? TypedResults.Text($":root {{ --brand: {color}; --brand-dark: {color.Darker}; }}\n", StyleType)
            : TypedResults.NotFound();

    private static byte[] Read(string name)
    {
        using var stream = typeof(SitePages).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
