using System.Globalization;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lending.Portal.Customers;

/// <summary>
/// The pages of a customer, for whoever holds a link of a mail and gave a code in this browser: what is asked of them and what was decided. Without the code
/// they show whose pages they are and nothing else.
/// </summary>
internal static class CustomerPages
{
    private const string Sent = "sent";

    public static void Map(RouteGroupBuilder group)
    {
        group.RequireRateLimiting(RateLimits.Authentication);
        var customer = group.MapGroup("").AddEndpointFilter(Page.FilterAsync);
        customer.MapGet("", ShowAsync);
        customer.MapPost("/code", SendCodeAsync);
        customer.MapPost("/open", OpenAsync);
        // Who loads a refusal again, or chooses another language there.
        customer.MapGet("/code", (Guid id, HttpContext context) => Page.SeeOther(context, PathOf(id)));
        customer.MapGet("/open", (Guid id, HttpContext context) => Page.SeeOther(context, PathOf(id)));
        customer.MapGet("/requests/{requestId:guid}", DocumentForms.ShowAsync);
        customer.MapGet("/forms/{disclosureId:guid}", ShowFormAsync).WithMetadata(new ServedFormPage());
        customer.MapGet("/applications/{applicationId:guid}", DecisionPages.ShowAsync);
        customer.MapGet("/applications/{applicationId:guid}/review", DecisionPages.ShowReviewAsync);
        customer.MapPost("/applications/{applicationId:guid}/review", DecisionPages.RequestReviewAsync);
        // It checks its token itself, before it reads the file.
        group.MapPost("/requests/{requestId:guid}", DocumentForms.SendAsync).TakesFile(DocumentForms.MaximumFormBytes);
    }

    /// <summary>Where the pages of a link begin.</summary>
    public static string PathOf(Guid id) => string.Create(CultureInfo.InvariantCulture, $"/customer-links/{id}");

    /// <summary>A page of a customer, in the organisation's name and colour.</summary>
    public static IResult Of<TPage>(
        HttpContext context,
        int status,
        Guid linkId,
        OrganizationSummary organization,
        params ReadOnlySpan<(string Name, object? Value)> more
    )
        where TPage : IComponent =>
        Page.Of<TPage>(context, status, [("LinkId", linkId), ("Lender", organization.ShownName), ("Color", organization.Color), .. more]);

    /// <summary>Goes on for a customer whose pages are open in this browser; anybody else is asked for a code, or has no link that works.</summary>
    public static async Task<IResult> WithCustomerAsync(
        Guid id,
        HttpContext context,
        ICustomerLinks links,
        Func<OpenedLink, Task<IResult>> goOn,
        CancellationToken ct
    ) =>
        await FindAsync(id, context, links, ct) switch
        {
            null => Page.LinkInvalid(context),
            { IsConfirmed: true } opened => await goOn(opened),
            _ => Page.SeeOther(context, PathOf(id)),
        };

    private static async Task<OpenedLink?> FindAsync(Guid id, HttpContext context, ICustomerLinks links, CancellationToken ct) =>
        CustomerVisit.Of(context, id) is { } visit ? await links.OpenAsync(visit.Key, visit.Session, ct) : null;

    private static async Task<IResult> ShowAsync(
        Guid id,
        HttpContext context,
        ICustomerLinks links,
        ICustomerDocuments documents,
        ICustomerApplications applications,
        IGivenForms forms,
        IOrganizationDirectory organizations,
        CancellationToken ct
    )
    {
        // The secret leaves the address at once: addresses are kept in histories, and shown to who looks over a shoulder.
        if (context.Request.Query["token"] is [{ } token])
        {
            CustomerVisit.Begin(context, id, token);
            return Page.SeeOther(context, PathOf(id));
        }
        if (await FindAsync(id, context, links, ct) is not { } opened)
        {
            return Page.LinkInvalid(context);
        }
        if (!opened.IsConfirmed)
        {
            return await AskForCodeAsync(id, context, opened, organizations, [], StatusCodes.Status200OK, ct);
        }
        var organization = await organizations.GetAsync(opened.OrganizationId, ct);
        return Of<CustomerPage>(
            context,
            StatusCodes.Status200OK,
            id,
            organization,
            ("TimeZone", organization.TimeZone),
            ("Asked", await documents.ListAsync(ct)),
            ("Applications", await applications.ListAsync(ct)),
            ("Forms", await forms.ListAsync(ct))
        );
    }

    private static Task<IResult> ShowFormAsync(
        Guid id,
        Guid disclosureId,
        HttpContext context,
        ICustomerLinks links,
        IGivenForms forms,
        CancellationToken ct
    ) =>
        WithCustomerAsync(
            id,
            context,
            links,
            async _ => await forms.ReadAsync(disclosureId, ct) is { } form ? Page.Form(context, form) : Page.LinkInvalid(context),
            ct
        );

    private static async Task<IResult> SendCodeAsync(
        Guid id,
        HttpContext context,
        ICustomerLinks links,
        IOrganizationDirectory organizations,
        CancellationToken ct
    )
    {
        if (CustomerVisit.Of(context, id) is not { } visit)
        {
            return Page.LinkInvalid(context);
        }
        return await links.SendCodeAsync(visit.Key, visit.Session, ct) switch
        {
            null => Page.SeeOther(context, $"{PathOf(id)}?{Sent}=1"),
            { } error => await RefuseAsync(id, context, links, organizations, CodeFailures.Of(Page.ReaderOf(context), error.Code), ct),
        };
    }

    private static async Task<IResult> OpenAsync(
        Guid id,
        HttpContext context,
        ICustomerLinks links,
        IOrganizationDirectory organizations,
        CancellationToken ct
    )
    {
        if (CustomerVisit.Of(context, id) is not { } visit)
        {
            return Page.LinkInvalid(context);
        }
        var reader = Page.ReaderOf(context);
        var code = CodeFailures.DigitsOf((await context.Request.ReadFormAsync(ct))["code"].ToString());
        if (code.Length == 0)
        {
            return await RefuseAsync(id, context, links, organizations, CodeFailures.Missing(reader), ct);
        }
        return await links.ConfirmAsync(visit.Key, visit.Session, code, ct) switch
        {
            null => Page.SeeOther(context, PathOf(id)),
            { } error => await RefuseAsync(id, context, links, organizations, CodeFailures.Of(reader, error.Code), ct),
        };
    }

    /// <summary>Says what is wrong with a code; where it is none that is, the link does not work.</summary>
    private static async Task<IResult> RefuseAsync(
        Guid id,
        HttpContext context,
        ICustomerLinks links,
        IOrganizationDirectory organizations,
        Failure? failure,
        CancellationToken ct
    )
    {
        if (failure is null || await FindAsync(id, context, links, ct) is not { } opened)
        {
            return Page.LinkInvalid(context);
        }
        // Who sends the same form twice was let in by the first.
        return opened.IsConfirmed
            ? Page.SeeOther(context, PathOf(id))
            : await AskForCodeAsync(id, context, opened, organizations, [failure], StatusCodes.Status400BadRequest, ct);
    }

    private static async Task<IResult> AskForCodeAsync(
        Guid id,
        HttpContext context,
        OpenedLink opened,
        IOrganizationDirectory organizations,
        IReadOnlyList<Failure> failures,
        int status,
        CancellationToken ct
    ) =>
        Of<CodePage>(
            context,
            status,
            id,
            await organizations.GetAsync(opened.OrganizationId, ct),
            ("IsSent", context.Request.Query.ContainsKey(Sent)),
            ("Failures", failures),
            ("Token", Page.TokenFor(context))
        );
}
