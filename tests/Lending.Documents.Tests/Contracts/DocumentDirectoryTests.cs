using System.Net;
using Lending.Documents.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Documents.Tests.Contracts;

/// <summary>What other modules learn of documents.</summary>
public sealed class DocumentDirectoryTests(DocumentsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task It_knows_whose_documents_are_until_somebody_finds_that_they_do_not_count_and_nothing_of_others()
    {
        var customer = fixture.NewCustomer(organization);
        var waiting = await SendAsync(customer);
        var approved = await SendAsync(customer);
        var rejected = await SendAsync(customer);
        await ReviewAsync(approved, new { decision = "APPROVED" });
        await ReviewAsync(rejected, new { decision = "REJECTED", reason = "NOT_GENUINE" });
        Guid[] all = [waiting, approved, rejected, Unique.Id()];

        (await FindAsync(organization, all)).ShouldBe(
            [new KnownDocument(waiting, customer, IsApproved: false), new KnownDocument(approved, customer, IsApproved: true)],
            ignoreOrder: true
        );
        (await FindAsync(Unique.Id(), all)).ShouldBeEmpty();
        // Of two who apply, what the one has proved counts whoever asks.
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organization, MailedLink.Bearer, fixture.NewCustomer(organization));
        var directory = scope.ServiceProvider.GetRequiredService<IDocumentDirectory>();
        (await directory.FindAsync(all, TestContext.Current.CancellationToken)).Count.ShouldBe(2);
    }

    private async Task<Guid> SendAsync(Guid customer) => (await Staff.UploadAsync(Upload.Of(customer, PdfFile.Of(Unique.Text())))).Id;

    private Task<Answer> ReviewAsync(Guid document, object decision) =>
        Staff.PostAsync($"/documents/{document}/review", decision, HttpStatusCode.OK);

    private Task<IReadOnlyList<KnownDocument>> FindAsync(Guid by, Guid[] documents) =>
        fixture.Host.InModuleAsync(
            by,
            services => services.GetRequiredService<IDocumentDirectory>().FindAsync(documents, TestContext.Current.CancellationToken)
        );
}
