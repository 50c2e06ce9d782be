using System.Net;
using Lending.Testing;

namespace Lending.Documents.Tests.Data;

/// <summary>How often each slice asks the database.</summary>
public sealed class CommandBudgetTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        var (host, _) = await fixture.StartAsync();
        await using var own = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var asked = await staff.PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);
        await staff.PostAsync("/document-requests", new { customerId, kind = "OTHER" }, HttpStatusCode.Created);
        var document = await DocumentsFixture.PendingAsync(staff, customerId);
        await DocumentsFixture.PendingAsync(staff, customerId);
        var upload = new Upload(PdfFile.Of("Payslip"), "payslip.pdf")
        {
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["customerId"] = $"{customerId}",
                ["kind"] = "PAYSLIP",
                ["requestId"] = $"{asked.Id}",
            },
        };

        await host.ShouldKeepAsync(
            new("ListDocuments", 1, () => staff.SendAsync("GET", "/documents")),
            new("GetCustomerDocument", 1, () => staff.SendAsync("GET", $"/documents/{document.Id}")),
            // The document, and that it was read.
            new("DownloadDocument", 2, () => staff.SendAsync("GET", $"/documents/{document.Id}/content")),
            new("ListDocumentRequests", 1, () => staff.SendAsync("GET", "/document-requests")),
            new("GetDocumentRequest", 1, () => staff.SendAsync("GET", $"/document-requests/{asked.Id}")),
            // What was asked for, whether the file is there already, and the new row.
            new("UploadDocument", 3, () => staff.UploadAsync(upload)),
            new("ReviewDocument", 3, () => staff.SendAsync("POST", $"/documents/{document.Id}/review", new { decision = "APPROVED" })),
            new("RequestDocuments", 3, () => staff.SendAsync("POST", "/document-requests", new { customerId, kind = "OTHER" }))
        );
    }
}
