using Lending.Platform.Http;
using Lending.Platform.Modules;
using Lending.Portal.Customers;
using Lending.Portal.Documents;
using Lending.Portal.Offers;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Portal;

/// <summary>
/// Pages on which customers read offers and answer them, send documents and read decisions, without an account and without a script. What they show and do is other
/// modules'.
/// </summary>
public sealed class PortalModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie = new OwnCookie { Name = "__Host-form" };
            // The Content-Security-Policy says it, and more.
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <inheritdoc />
    public void MapPages(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").WithMetadata(new HostedPage(Page.TellAsync)).ExcludeFromDescription().AllowAnonymous();
        SitePages.Map(pages);
        CheckPages.Map(pages);
        UnsubscribePages.Map(pages);
        OfferPages.Map(pages.MapGroup("/loan-offers/{id:guid}"));
        CustomerPages.Map(pages.MapGroup("/customer-links/{id:guid}"));
    }
}
