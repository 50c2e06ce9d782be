using System.Net;
using Lending.Documents.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Documents.Tests.Documents;

public sealed class DocumentRequestTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task Another_module_asks_in_its_transaction_and_learns_when_all_is_approved()
    {
        var organizationId = Unique.Id();
        var email = Unique.Email();
        var customerId = fixture.NewCustomer(organizationId, email);
        var customer = fixture.Host.ClientFor(Persons.Customer(organizationId, customerId));
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));

        (await AskAsync(customerId, commits: false)).ShouldNotBeNull();
        (await AskAsync(Unique.Id(), commits: true)).ShouldBeNull("there is no such customer");
        (await staff.GetAsync($"/document-requests?customerId={customerId}&includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("0");
        var asked = (await AskAsync(customerId, commits: true)).ShouldNotBeNull();

        fixture.Host.Messages.To(email)[^1].Values["count"].ShouldBe("2");
        var first = await DocumentsFixture.PendingAsync(customer, customerId, requestId: asked);
        var second = await DocumentsFixture.PendingAsync(customer, customerId, requestId: asked);
        await staff.PostAsync($"/documents/{first.Id}/review", new { decision = "APPROVED" }, HttpStatusCode.OK);
        (await AreApprovedAsync()).ShouldBeFalse("one of two");
        await staff.PostAsync($"/documents/{second.Id}/review", new { decision = "APPROVED" }, HttpStatusCode.OK);
        (await AreApprovedAsync()).ShouldBeTrue();

        Task<Guid?> AskAsync(Guid whom, bool commits) =>
            fixture.Host.InModuleAsync(
                organizationId,
                async services =>
                {
                    await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                    var requests = services.GetRequiredService<IDocumentRequests>();
                    var id = await requests.AskAsync(whom, DocumentKind.Payslip, count: 2, note: null, CancellationToken.None);
                    if (commits)
                    {
                        await transaction.CommitAsync(CancellationToken.None);
                    }
                    return id;
                }
            );

        Task<bool> AreApprovedAsync() =>
            fixture.Host.InModuleAsync(
                organizationId,
                services => services.GetRequiredService<IDocumentRequests>().AreApprovedAsync([asked], CancellationToken.None)
            );
    }

    [Fact]
    public async Task The_customer_is_asked_by_mail_and_what_they_send_fulfils_it()
    {
        var organizationId = Unique.Id();
        var email = Unique.Email();
        var customerId = fixture.NewCustomer(organizationId, email);
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var customer = fixture.Host.ClientFor(Persons.Customer(organizationId, customerId));

        var asked = await staff.PostAsync(
            "/document-requests",
            new
            {
                customerId,
                kind = "PAYSLIP",
                count = 2,
                note = "Those of September and October.",
            },
            HttpStatusCode.Created
        );

        asked.Location!.ToString().ShouldBe($"/api/v1/document-requests/{asked.Id}");
        var mail = fixture.Host.Messages.To(email).ShouldHaveSingleItem();
        mail.Kind.ShouldBe(MessageKind.DocumentsRequested);
        mail.CustomerId.ShouldBe(customerId);
        // The link to the page on which it is sent.
        mail.Values["token"].Length.ShouldBe(43);
        Guid.TryParse(mail.Values["linkId"], out _).ShouldBeTrue();
        mail.Values.Where(value => value.Key is not ("token" or "linkId"))
            .ToDictionary()
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["name"] = "Greta Sommer",
                    ["kind"] = "PAYSLIP",
                    ["count"] = "2",
                    ["note"] = "Those of September and October.",
                },
                ignoreOrder: true
            );
        await ShouldBeAsync(received: 0, approved: 0, isFulfilled: false);

        var first = await DocumentsFixture.PendingAsync(customer, customerId, requestId: asked.Id);
        await ShouldBeAsync(received: 1, approved: 0, isFulfilled: false);
        first["requestId"].ShouldBe($"{asked.Id}");
        var second = await DocumentsFixture.PendingAsync(customer, customerId, requestId: asked.Id);
        await ShouldBeAsync(received: 2, approved: 0, isFulfilled: true);

        // What is to be sent again opens it anew.
        await staff.PostAsync($"/documents/{first.Id}/review", new { decision = "REVISION", reason = "OUTDATED" }, HttpStatusCode.OK);
        // The way back to where they were asked for it.
        fixture.Host.Messages.To(email).Single(mail => mail.Kind == MessageKind.DocumentRevision).Values.ShouldContainKey("token");
        await staff.PostAsync($"/documents/{second.Id}/review", new { decision = "APPROVED" }, HttpStatusCode.OK);
        await ShouldBeAsync(received: 1, approved: 1, isFulfilled: false);

        async Task ShouldBeAsync(int received, int approved, bool isFulfilled)
        {
            foreach (var reader in (HttpClient[])[staff, customer])
            {
                var one = (await reader.GetAsync($"/document-requests/{asked.Id}", HttpStatusCode.OK)).Json;
                var listed = (
                    await reader.GetAsync($"/document-requests?customerId={customerId}&includeTotal=true", HttpStatusCode.OK)
                ).Json;
                listed.GetProperty("total").GetInt32().ShouldBe(1);
                listed.GetProperty("items")[0].ToString().ShouldBe(one.ToString());
                one.GetProperty("received").GetInt32().ShouldBe(received);
                one.GetProperty("approved").GetInt32().ShouldBe(approved);
                one.GetProperty("isFulfilled").GetBoolean().ShouldBe(isFulfilled);
            }
        }
    }

    [Fact]
    public async Task What_answers_a_request_is_of_its_customer_and_its_kind()
    {
        var organizationId = Unique.Id();
        var (customerId, otherId) = (fixture.NewCustomer(organizationId), fixture.NewCustomer(organizationId));
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var asked = await staff.PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);
        asked["count"].ShouldBe("1");

        (await SendAsync(otherId, "PAYSLIP", asked.Id)).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-request");
        (await SendAsync(customerId, "PAYSLIP", Unique.Id())).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-request");
        (await SendAsync(customerId, "OTHER", asked.Id)).ShouldBeProblem(HttpStatusCode.Conflict, "document-of-other-kind");

        Task<Answer> SendAsync(Guid of, string kind, Guid requestId) =>
            staff.UploadAsync(
                new Upload(PdfFile.Of(Unique.Text()), "payslip.pdf")
                {
                    Fields = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["customerId"] = $"{of}",
                        ["kind"] = kind,
                        ["requestId"] = $"{requestId}",
                    },
                }
            );
    }

    [Fact]
    public async Task Wrong_requests_are_refused_and_strangers_see_none()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        await staff.ShouldBeRefusedAsync("POST", "/document-requests");
        await staff.ShouldRefuseForgedCursorsAsync("/document-requests");
        await staff.ShouldRefuseForgedCursorsAsync("/documents");
        var bad = new
        {
            kind = "PAYSLIP",
            count = 13,
            note = new string('x', 501),
        };
        (await staff.SendAsync("POST", "/document-requests", bad))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["customerId", "count", "note"], ignoreOrder: true);
        (await staff.SendAsync("POST", "/document-requests", new { customerId = Unique.Id(), kind = "OTHER" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );

        var asked = await staff.PostAsync("/document-requests", new { customerId, kind = "OTHER" }, HttpStatusCode.Created);

        foreach (
            var stranger in (AccessTokenSubject[])
                [Persons.Customer(organizationId, fixture.NewCustomer(organizationId)), Persons.Administrator(Unique.Id())]
        )
        {
            var client = fixture.Host.ClientFor(stranger);
            (await client.SendAsync("GET", $"/document-requests/{asked.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await client.GetAsync("/document-requests", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        }
        var customer = fixture.Host.ClientFor(Persons.Customer(organizationId, customerId));
        (await customer.SendAsync("POST", "/document-requests", new { customerId, kind = "OTHER" })).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }
}
