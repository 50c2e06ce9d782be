using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Customers;

/// <summary>The pages with the decision on an application, and the form that demands that a person looks at it.</summary>
internal static class DecisionPages
{
    public static Task<IResult> ShowAsync(
        Guid id,
        Guid applicationId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerApplications applications,
        IOrganizationDirectory organizations,
        CancellationToken ct
    ) =>
        WithDecisionAsync(
            id,
            applicationId,
            context,
            links,
            applications,
            organizations,
            (decision, organization) =>
                CustomerPages.Of<DecisionPage>(
                    context,
                    StatusCodes.Status200OK,
                    id,
                    organization,
                    ("TimeZone", organization.TimeZone),
                    ("Decision", decision)
                ),
            ct
        );

    public static Task<IResult> ShowReviewAsync(
        Guid id,
        Guid applicationId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerApplications applications,
        IOrganizationDirectory organizations,
        CancellationToken ct
    ) =>
        WithDecisionAsync(
            id,
            applicationId,
            context,
            links,
            applications,
            organizations,
            (decision, organization) =>
                decision.CanRequestReview
                    ? Review(context, id, applicationId, organization, null, [], StatusCodes.Status200OK)
                    : Page.SeeOther(context, PathOf(id, applicationId)),
            ct
        );

    public static async Task<IResult> RequestReviewAsync(
        Guid id,
        Guid applicationId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerApplications applications,
        IOrganizationDirectory organizations,
        CancellationToken ct
    )
    {
        var comment = (await context.Request.ReadFormAsync(ct))["comment"].ToString().ReplaceLineEndings("\n").Trim();
        return await CustomerPages.WithCustomerAsync(
            id,
            context,
            links,
            async opened =>
            {
                var reader = Page.ReaderOf(context);
                if (comment.Length > ICustomerApplications.MaximumCommentLength)
                {
                    var failure = new Failure("comment", reader.Say("At most 2,000 characters.", "Höchstens 2.000 Zeichen."));
                    var organization = await organizations.GetAsync(opened.OrganizationId, ct);
                    return Review(context, id, applicationId, organization, comment, [failure], StatusCodes.Status400BadRequest);
                }
                return await applications.RequestReviewAsync(applicationId, comment.Length == 0 ? null : comment, ct) switch
                {
                    { Code: "not-found" } => Page.LinkInvalid(context),
                    // Asked for already, by the first of two clicks, or decided anew meanwhile: the page says what has become of it.
                    _ => Page.SeeOther(context, PathOf(id, applicationId)),
                };
            },
            ct
        );
    }

    private static string PathOf(Guid id, Guid applicationId) => $"{CustomerPages.PathOf(id)}/applications/{applicationId}";

    private static Task<IResult> WithDecisionAsync(
        Guid id,
        Guid applicationId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerApplications applications,
        IOrganizationDirectory organizations,
        Func<ExplainedDecision, OrganizationSummary, IResult> show,
        CancellationToken ct
    ) =>
        CustomerPages.WithCustomerAsync(
            id,
            context,
            links,
            async opened =>
                await applications.ReadDecisionAsync(applicationId, Page.ReaderOf(context).Language, ct) is { } decision
                    ? show(decision, await organizations.GetAsync(opened.OrganizationId, ct))
                    : Page.LinkInvalid(context),
            ct
        );

    private static IResult Review(
        HttpContext context,
        Guid id,
        Guid applicationId,
        OrganizationSummary organization,
        string? comment,
        IReadOnlyList<Failure> failures,
        int status
    ) =>
        CustomerPages.Of<ReviewPage>(
            context,
            status,
            id,
            organization,
            ("ApplicationId", applicationId),
            ("Comment", comment),
            ("Failures", failures),
            ("Token", Page.TokenFor(context))
        );
}
