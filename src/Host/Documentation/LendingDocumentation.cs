using System.Reflection;
using Lending.Platform.OpenApi;
using NSwag.AspNetCore;

namespace Lending.Host.Documentation;

/// <summary>The API document and the two pages that show it. All three are served by us: no request goes to an outside host.</summary>
internal static class LendingDocumentation
{
    private const string Setting = "Documentation:Pages";

    /// <summary>Hashes of the scripts that stand in the pages themselves. A test computes them, and tells the new one where a page has changed.</summary>
    public const string DocsScript = "NzG66/UPYmwz5MU7EYxYFd3gt4NSwqN/rayOxGJVQPQ=";

    /// <inheritdoc cref="DocsScript" />
    public const string RedocScript = "7At0RZ2mbI1j/cHJcLHPoBdkI1ussBoBDsv6gu4zhLY=";

    /// <summary>Whether a request is for one of the pages, or a file of theirs.</summary>
    public static bool IsPage(HttpRequest request) => IsBelow(request, "/docs") || IsBelow(request, "/redoc");

    public static void MapLendingDocumentation(this WebApplication app)
    {
        app.MapLendingOpenApi();
        if (!app.Configuration.GetValue(Setting, defaultValue: true))
        {
            return;
        }
        app.UsePage(
            "/docs",
            page =>
                page.UseSwaggerUi(options =>
                {
                    options.Path = "/docs";
                    options.DocumentTitle = "Lending API";
                    // A fixed list: otherwise the page would show whatever document its address names.
                    options.SwaggerRoutes.Add(new SwaggerUiRoute("Lending v1", LendingOpenApi.DocumentPath));
                    options.PersistAuthorization = true;
                    options.DefaultModelsExpandDepth = 0;
                    options.DocExpansion = "list";
                })
        );
        app.UsePage(
            "/redoc",
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
        app.UseWhen(context => IsBelow(context.Request, path), use);

    private static bool IsBelow(HttpRequest request, string path) =>
        request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);
}
