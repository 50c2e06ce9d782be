using System.Reflection;
using Lending.Platform.OpenApi;
using NSwag.AspNetCore;

namespace Lending.Host.Documentation;

/// <summary>The API document and the two pages that show it. All three are served by us: no request goes to an outside host.</summary>
internal static class LendingDocumentation
{
    private const string NothingFromOutside = """
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:" />
        """;

    public static void MapLendingDocumentation(this WebApplication app)
    {
        app.MapLendingOpenApi();
        app.UsePage(
            "docs",
            page =>
                page.UseSwaggerUi(options =>
                {
                    options.Path = "/docs";
                    options.DocumentTitle = "Lending API";
                    // A fixed list: otherwise the page would show whatever document its address names.
                    options.SwaggerRoutes.Add(new SwaggerUiRoute("Lending v1", LendingOpenApi.DocumentPath));
                    options.CustomHeadContent = NothingFromOutside;
                    options.PersistAuthorization = true;
                    options.DefaultModelsExpandDepth = 0;
                    options.DocExpansion = "list";
                })
        );
        app.UsePage(
            "redoc",
            page =>
                page.UseReDoc(options =>
                {
                    options.RoutePrefix = "redoc";
                    options.DocumentTitle = "Lending API";
                    options.SpecUrl = LendingOpenApi.DocumentPath;
                    // The package's own page loads fonts from outside.
                    options.IndexStream = () => Assembly.GetExecutingAssembly().GetManifestResourceStream("redoc.html")!;
                })
        );
    }

    /// <summary>Runs the page's middleware for the page only: it looks for files, which would cost every request of the API time.</summary>
    private static void UsePage(this WebApplication app, string path, Action<IApplicationBuilder> use) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments($"/{path}", StringComparison.OrdinalIgnoreCase), use);
}
