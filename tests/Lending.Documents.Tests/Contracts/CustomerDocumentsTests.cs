using System.Net;
using System.Text;
using Lending.Documents.Contracts;
using Lending.Testing;

namespace Lending.Documents.Tests.Contracts;

/// <summary>What pages of another module show a customer, and take.</summary>
public sealed class CustomerDocumentsTests(DocumentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task What_was_asked_for_is_sent_and_its_state_and_the_reason_of_a_revision_are_told()
    {
        var customer = fixture.NewCustomer(organization);
        var request = await AskForAsync(customer);
        (await ListAsync(customer)).Single().IsFulfilled.ShouldBeFalse();
        var pdf = PdfFile.Of(Unique.Text());

        (await SendAsync(customer, request, pdf, "october.pdf")).ShouldBeNull();
        // Somebody clicks twice.
        (await SendAsync(customer, request, pdf, "october.pdf")).ShouldBeNull();

        var asked = (await ListAsync(customer)).ShouldHaveSingleItem();
        (asked.Kind, asked.Count, asked.Received, asked.IsFulfilled, asked.Note).ShouldBe((DocumentKind.Payslip, 1, 1, true, "October's."));
        var sent = asked.Sent.ShouldHaveSingleItem();
        (sent.FileName, sent.Status, sent.Reason, sent.Comment).ShouldBe(("october.pdf", DocumentStatus.Pending, null, null));

        var document = (await Staff.GetAsync($"/documents?customerId={customer}", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        document.GetProperty("uploadedBy").GetProperty("username").GetString().ShouldBe("link");
        await Staff.PostAsync(
            $"/documents/{document.GetProperty("id").GetGuid()}/review",
            new
            {
                decision = "REVISION",
                reason = "ILLEGIBLE",
                commentForCustomer = "The lower half is cut off.",
                commentForStaff = "Again.",
            },
            HttpStatusCode.OK
        );

        asked = (await ListAsync(customer)).Single();
        asked.IsFulfilled.ShouldBeFalse();
        sent = asked.Sent.Single();
        (sent.Status, sent.Reason, sent.Comment).ShouldBe((DocumentStatus.Revision, ReviewReason.Illegible, "The lower half is cut off."));
    }

    [Fact]
    public async Task What_the_API_refuses_is_refused_by_the_same_code_and_nothing_is_stored()
    {
        var customer = fixture.NewCustomer(organization);
        var request = await AskForAsync(customer);
        var eicar = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");
        var pdf = PdfFile.Of("Payslip");

        (await SendAsync(customer, request, PdfFile.WithStream(eicar), "payslip.pdf")).ShouldBe("file-infected");
        (await SendAsync(customer, request, PdfFile.Encrypted(needsPassword: true), "payslip.pdf")).ShouldBe("pdf-encrypted");
        (await SendAsync(customer, request, pdf, "payslip.jpg")).ShouldBe("file-name-mismatch");
        (await SendAsync(customer, request, pdf, "../payslip.pdf")).ShouldBe("file-name-invalid");
        (await SendAsync(customer, request, [], "payslip.pdf")).ShouldBe("file-missing");
        var tooLong = new byte[ICustomerDocuments.MaximumFileBytes + 1];
        pdf.CopyTo(tooLong, 0);
        (await SendAsync(customer, request, tooLong, "payslip.pdf")).ShouldBe("body-too-large");

        (await ListAsync(customer)).Single().Sent.ShouldBeEmpty();
        (
            await DocumentsFixture.ScalarAsync<long>(
                fixture.Host,
                $"SELECT count(*) FROM documents.documents WHERE customer_id = '{customer}'"
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task What_somebody_else_was_asked_for_is_neither_seen_nor_answered()
    {
        var request = await AskForAsync(fixture.NewCustomer(organization));
        var other = fixture.NewCustomer(organization);

        (await ListAsync(other)).ShouldBeEmpty();
        (await SendAsync(other, request, PdfFile.Of("Payslip"), "payslip.pdf")).ShouldBe("unknown-request");
    }

    private async Task<Guid> AskForAsync(Guid customerId) =>
        (
            await Staff.PostAsync(
                "/document-requests",
                new
                {
                    customerId,
                    kind = "PAYSLIP",
                    note = "October's.",
                },
                HttpStatusCode.Created
            )
        ).Id;

    private Task<IReadOnlyList<AskedDocument>> ListAsync(Guid customerId) =>
        DocumentsFixture.AsCustomerAsync(
            fixture.Host,
            organization,
            customerId,
            documents => documents.ListAsync(TestContext.Current.CancellationToken)
        );

    private Task<string?> SendAsync(Guid customerId, Guid requestId, byte[] content, string name) =>
        DocumentsFixture.AsCustomerAsync(
            fixture.Host,
            organization,
            customerId,
            async documents =>
            {
                using var stream = new MemoryStream(content);
                var file = new SentFile(name, "application/octet-stream", stream);
                return (await documents.SendAsync(requestId, file, TestContext.Current.CancellationToken))?.Code;
            }
        );
}
