using Lending.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace Lending.Portal.Site;

/// <summary>The first page, and the style of all.</summary>
internal static class SitePages
{
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
        pages.MapGet("/portal.css", () => TypedResults.Bytes(Style, "text/css; charset=utf-8"));
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(SitePages).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
