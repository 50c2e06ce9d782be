using System.Text;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lending.Portal.Customers;

/// <summary>The form with which a customer sends a file that they were asked for. It is read as it arrives: a file is never in memory as a whole, nor on the disk as it is.</summary>
internal static class DocumentForms
{
    /// <summary>The longest form. Longer than the longest file: who sends one that is too long is to read so, and not to see a broken connection.</summary>
    public const int MaximumFormBytes = 4 * ICustomerDocuments.MaximumFileBytes;

    private const int LongestToken = 2000;
    private const string Sent = "sent";

    public static Task<IResult> ShowAsync(
        Guid id,
        Guid requestId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerDocuments documents,
        IOrganizationDirectory organizations,
        CancellationToken ct
    ) =>
        CustomerPages.WithCustomerAsync(
            id,
            context,
            links,
            opened => ShowAsync(id, requestId, context, opened, documents, organizations, [], StatusCodes.Status200OK, ct),
            ct
        );

    public static async Task<IResult> SendAsync(
        Guid id,
        Guid requestId,
        HttpContext context,
        ICustomerLinks links,
        ICustomerDocuments documents,
        IOrganizationDirectory organizations,
        CancellationToken ct
    )
    {
        try
        {
            var form = context.Request.ReadParts();
            if (!await IsOursAsync(context, form, ct))
            {
                return Page.Trouble(context, StatusCodes.Status400BadRequest);
            }
            var answer = await CustomerPages.WithCustomerAsync(
                id,
                context,
                links,
                async opened =>
                    await TakeAsync(requestId, form, documents, ct) switch
                    {
                        null => Page.SeeOther(context, $"{CustomerPages.PathOf(id)}/requests/{requestId}?{Sent}=1"),
                        "unknown-request" => Page.LinkInvalid(context),
                        { } code => await ShowAsync(
                            id,
                            requestId,
                            context,
                            opened,
                            documents,
                            organizations,
                            [FileFailures.Of(Page.ReaderOf(context), code)],
                            StatusCodes.Status400BadRequest,
                            ct
                        ),
                    },
                ct
            );
            // Whoever is still sending would not read the answer, and see a broken connection instead.
            await context.Request.Body.CopyToAsync(Stream.Null, ct);
            return answer;
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Page.Trouble(context, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Whether the form begins with the token of a page of ours.</summary>
    private static async Task<bool> IsOursAsync(HttpContext context, MultipartReader form, CancellationToken ct)
    {
        if (await form.ReadNextSectionAsync(ct) is not { } section || section.AsFormDataSection() is not { } field)
        {
            return false;
        }
        var value = new byte[LongestToken + 1];
        var length = await section.Body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, ct);
        return length <= LongestToken && await Page.IsOursAsync(context, field.Name, Encoding.UTF8.GetString(value, 0, length));
    }

    /// <summary>Takes the file that follows. Answers the code of why it is refused, or null.</summary>
    private static async Task<string?> TakeAsync(Guid requestId, MultipartReader form, ICustomerDocuments documents, CancellationToken ct)
    {
        // Browsers send a file without a name where none was chosen.
        if (
            (await form.ReadNextSectionAsync(ct))?.AsFileSection()
            is not { Name: "file", FileName.Length: > 0, FileStream: { } stream } file
        )
        {
            return FileFailures.Missing;
        }
        return (await documents.SendAsync(requestId, new SentFile(file.FileName, file.Section.ContentType, stream), ct))?.Code;
    }

    private static async Task<IResult> ShowAsync(
        Guid id,
        Guid requestId,
        HttpContext context,
        OpenedLink opened,
        ICustomerDocuments documents,
        IOrganizationDirectory organizations,
        IReadOnlyList<Failure> failures,
        int status,
        CancellationToken ct
    )
    {
        if ((await documents.ListAsync(ct)).FirstOrDefault(asked => asked.Id == requestId) is not { } asked)
        {
            return Page.LinkInvalid(context);
        }
        var organization = await organizations.GetAsync(opened.OrganizationId, ct);
        return CustomerPages.Of<RequestPage>(
            context,
            status,
            id,
            organization,
            ("TimeZone", organization.TimeZone),
            ("Asked", asked),
            ("IsSent", context.Request.Query.ContainsKey(Sent)),
            ("Failures", failures),
            ("Token", Page.TokenFor(context))
        );
    }
}
