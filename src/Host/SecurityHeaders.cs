using Lending.Disclosures;
using Lending.Host.Documentation;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.Net.Http.Headers;

namespace Lending.Host;

/// <summary>What browsers are told with every answer: errors, redirects and paths that there are not included.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var forPages = Common(app)
            .AddContentSecurityPolicy(csp =>
            {
                PermitNothing(csp);
                // Nothing is loaded from elsewhere: ReDoc's bundle would ask for a logo, and report that it is used.
                csp.AddConnectSrc().Self();
                csp.AddFontSrc().Self().Data();
                csp.AddImgSrc().Self().Data();
                // Both pages write styles as they run. Scripts are files of ours, or the two that the hashes name.
                csp.AddStyleSrc().Self().UnsafeInline();
                csp.AddScriptSrc().Self().WithHash256(LendingDocumentation.DocsScript).WithHash256(LendingDocumentation.RedocScript);
                csp.AddWorkerSrc().Blob();
            });
        // There is next to nothing else that does not hold personal data or tokens, so nobody keeps anything but the published keys.
        var forKeys = Common(app).AddContentSecurityPolicy(PermitNothing);
        // Whatever a stranger has put into it runs nowhere, also where a browser shows it.
        var forUploads = Common(app)
            .AddContentSecurityPolicy(csp =>
            {
                PermitNothing(csp);
                csp.AddSandbox();
            })
            .AddCustomHeader(HeaderNames.CacheControl, "no-store");
        var forAllElse = Common(app).AddContentSecurityPolicy(PermitNothing).AddCustomHeader(HeaderNames.CacheControl, "no-store");
        // Pages of forms have one style inside, and nothing else.
        var forForms = Common(app)
            .AddContentSecurityPolicy(csp =>
            {
                PermitNothing(csp);
                csp.AddStyleSrc().WithHash256(DisclosuresModule.PageStyleHash);
            })
            .AddCustomHeader(HeaderNames.CacheControl, "no-store");
        // Pages for customers have our style, send forms to us, and are in no search engine.
        var forPortal = Common(app)
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddBaseUri().None();
                csp.AddFormAction().Self();
                csp.AddFrameAncestors().None();
                csp.AddObjectSrc().None();
                csp.AddStyleSrc().Self();
            })
            .AddCustomHeader(HeaderNames.CacheControl, "no-store")
            .AddCustomHeader("X-Robots-Tag", "noindex, nofollow");
        // No two of them are true of one request.
        (Func<HttpContext, bool> Holds, HeaderPolicyCollection Policies)[] exceptions =
        [
            (context => LendingDocumentation.IsPage(context.Request), forPages),
            (context => context.Request.Path == PublishedKeys.Path, forKeys),
            (IsMarked<ServedUpload>, forUploads),
            (IsMarked<ServedFormPage>, forForms),
            (context => IsMarked<HostedPage>(context) && !IsMarked<ServedFormPage>(context), forPortal),
        ];
        foreach (var (holds, policies) in exceptions)
        {
            app.UseWhen(holds, branch => branch.UseSecurityHeaders(policies));
        }
        app.UseWhen(context => !exceptions.Any(one => one.Holds(context)), branch => branch.UseSecurityHeaders(forAllElse));
    }

    private static bool IsMarked<TMark>(HttpContext context)
        where TMark : class => context.GetEndpoint()?.Metadata.GetMetadata<TMark>() is not null;

    private static void PermitNothing(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddBaseUri().None();
        csp.AddFormAction().None();
        csp.AddFrameAncestors().None();
        csp.AddObjectSrc().None();
    }

    private static HeaderPolicyCollection Common(WebApplication app)
    {
        var policies = new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddPermissionsPolicy(permissions =>
            {
                permissions.AddCamera().None();
                permissions.AddGeolocation().None();
                permissions.AddMicrophone().None();
                permissions.AddPayment().None();
                permissions.AddUsb().None();
            });
        // A year, which is the default.
        return app.IsHttpsOnly() ? policies.AddStrictTransportSecurityMaxAgeIncludeSubDomains() : policies;
    }
}
