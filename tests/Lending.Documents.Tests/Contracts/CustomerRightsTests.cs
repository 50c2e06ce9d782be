using System.Net;
using Lending.Customers.Contracts;
using Lending.Documents.Documents;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Documents.Tests.Contracts;

/// <summary>What the module does about a customer who wants a copy, is erased or deleted, and about what is old.</summary>
public sealed class CustomerRightsTests(DocumentsFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_holds_the_documents_what_was_asked_for_and_the_files()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        (await CopyAsync(fixture.Host, organizationId, Unique.Id())).Records.ShouldBeNull();
        var document = await DocumentsFixture.PendingAsync(staff, customerId);
        await staff.PostAsync("/document-requests", new { customerId, kind = "OTHER" }, HttpStatusCode.Created);

        var (records, files) = await CopyAsync(fixture.Host, organizationId, customerId);

        var written = System.Text.Json.JsonSerializer.SerializeToElement(records);
        written.GetProperty("Documents").GetArrayLength().ShouldBe(1);
        written.GetProperty("Requests").GetArrayLength().ShouldBe(1);
        var file = files.ShouldHaveSingleItem();
        file.Name.ShouldBe($"documents/{document.Id}-payslip.pdf");
        file.Content.Span.StartsWith("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Erasing_a_customer_drops_the_keys_at_once_and_the_files_soon()
    {
        var (host, folder) = await fixture.StartAsync();
        await using var own = host;
        var organizationId = Unique.Id();
        var (customerId, otherId) = (fixture.NewCustomer(organizationId), fixture.NewCustomer(organizationId));
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var asked = await staff.PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);
        await DocumentsFixture.PendingAsync(staff, customerId, requestId: asked.Id);
        await DocumentsFixture.PendingAsync(staff, customerId, "OTHER");
        var kept = await DocumentsFixture.PendingAsync(staff, otherId);

        await host.InModuleAsync(
            organizationId,
            async services =>
            {
                var erasure = services.GetRequiredService<ICustomerErasure>();
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Ct);
                (await erasure.FindObstacleAsync(customerId, Ct)).ShouldBeNull();
                (await erasure.EraseAsync(customerId, Ct)).ShouldBeEmpty();
                await transaction.CommitAsync(Ct);
                return true;
            }
        );

        (await DocumentsFixture.ScalarAsync<long>(host, "SELECT count(*) FROM documents.documents")).ShouldBe(1);
        (await DocumentsFixture.ScalarAsync<long>(host, "SELECT count(*) FROM documents.document_requests")).ShouldBe(0);
        await host.Services.GetRequiredService<DocumentUpkeep>().DeleteFilesAsync(Ct);
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        using var file = await staff.DownloadAsync(kept.Id);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_has_sent_documents_or_was_asked_for_some_is_not_deleted()
    {
        var organizationId = Unique.Id();
        var (sent, asked, neither) = (
            fixture.NewCustomer(organizationId),
            fixture.NewCustomer(organizationId),
            fixture.NewCustomer(organizationId)
        );
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        await DocumentsFixture.PendingAsync(staff, sent);
        await staff.PostAsync("/document-requests", new { customerId = asked, kind = "OTHER" }, HttpStatusCode.Created);

        await fixture.Host.InModuleAsync(
            organizationId,
            async services =>
            {
                var guard = services.GetRequiredService<ICustomerDeletionGuard>();
                (await guard.FindBoundAsync([sent, asked, neither], Ct)).ShouldBe([sent, asked], ignoreOrder: true);
                (await guard.FindObstacleAsync(sent, Ct))!.Code.ShouldBe("customer-has-documents");
                (await guard.FindObstacleAsync(neither, Ct)).ShouldBeNull();
                return true;
            }
        );
    }

    [Fact]
    public async Task Old_documents_go_with_what_was_asked_for_and_new_ones_stay()
    {
        var (host, _) = await fixture.StartAsync();
        await using var own = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var administrator = Persons.Administrator(organizationId);
        var asked = await host.ClientFor(administrator)
            .PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);
        await DocumentsFixture.PendingAsync(host.ClientFor(administrator), customerId, requestId: asked.Id);
        await DocumentsFixture.PendingAsync(host.ClientFor(administrator), customerId);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var border = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromDays(10));
        await DocumentsFixture.PendingAsync(host.ClientFor(administrator), customerId);

        await host.InModuleAsync(
            organizationId,
            async services =>
            {
                var old = services.GetRequiredService<IOldRecords>();
                old.MinimumMonths.ShouldBe(6);
                (await old.CountAsync(border, Ct)).ShouldBe(3);
                (await old.DeleteAsync(border, 2, Ct)).ShouldBe(2);
                (await old.DeleteAsync(border, 100, Ct)).ShouldBe(1);
                (await old.DeleteAsync(border, 100, Ct)).ShouldBe(0);
                return true;
            }
        );
        (await DocumentsFixture.ScalarAsync<long>(host, "SELECT count(*) FROM documents.documents")).ShouldBe(1);
    }

    private static Task<(object? Records, List<CustomerFile> Files)> CopyAsync(ModuleHost host, Guid organizationId, Guid customerId) =>
        host.InModuleAsync(
            organizationId,
            async services =>
            {
                var source = services.GetRequiredService<ICustomerRecords>();
                var files = new List<CustomerFile>();
                await foreach (var file in source.ReadFilesAsync(customerId, null, Ct))
                {
                    files.Add(file);
                }
                return (await source.ReadAsync(customerId, Ct), files);
            }
        );
}
