using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Journeys;

/// <summary>A document from being asked for to being erased, with a virus scanner, through the whole product.</summary>
[Collection<ScannedHost>]
public sealed class DocumentJourneyTests(ScannedHost scanned)
{
    private readonly World world = new(scanned.Host);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_is_asked_for_a_document_sends_it_has_it_approved_and_is_erased()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var installer = await world.CreateInstallerAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var asked = await installer.PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);

        var sent = await World.UploadDocumentAsync(customer, customerId);
        sent["status"].ShouldBe("PENDING");
        await administrator.PostAsync($"/documents/{sent.Id}/review", new { decision = "APPROVED" }, HttpStatusCode.OK);
        (await customer.GetAsync($"/document-requests/{asked.Id}", HttpStatusCode.OK))["received"]
            .ShouldBe("0", "it did not name the request");

        using var file = await customer.GetAsync(new Uri($"/api/v1/documents/{sent.Id}/content", UriKind.Relative), Ct);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");

        using var copy = await administrator.GetAsync(new Uri($"/api/v1/customers/{customerId}/export?format=ZIP", UriKind.Relative), Ct);
        using var zip = new ZipArchive(await copy.Content.ReadAsStreamAsync(Ct));
        zip.Entries.Select(entry => entry.FullName).ShouldContain($"documents/{sent.Id}-payslip.png");
        (await administrator.SendAsync("DELETE", $"/customers/{customerId}")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "customer-has-documents"
        );
        await administrator.PostAsync($"/customers/{customerId}/erase", null, HttpStatusCode.OK);
        (await administrator.SendAsync("GET", $"/documents/{sent.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Who_sends_a_file_slowly_keeps_nobody_waiting_but_who_sends_files()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        var other = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var otherCustomerId = await World.CreateCustomerAsync(other);
        // Of 16 connections 8 are places, and one of them is an organisation's for files.
        using var slow = new TcpClient();
        var address = new Uri(scanned.Host.App.Urls.First());
        await slow.ConnectAsync(address.Host, address.Port, Ct);
        await slow.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /api/v1/documents HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {installer.DefaultRequestHeaders.Authorization}\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n"
                ),
                Ct
            );

        // It has its place as soon as another file has to wait.
        var places = scanned.Host.App.Services.GetRequiredService<RequestPlaces>();
        var request = new DefaultHttpContext
        {
            User = new(CallerIdentity.OfApiKey(Unique.Id(), organizationId, Unique.Id(), "somebody", organizationId, [])),
        };
        Task<Answer> waiting;
        do
        {
            waiting = World.UploadDocumentAsync(installer, customerId);
            await Wait.UntilAsync(() => waiting.IsCompleted || Queued() > 0);
        } while (waiting.IsCompleted);
        long Queued() => places.Uploads.GetStatistics(request)?.CurrentQueuedCount ?? 0;
        await installer.GetAsync("/customers", HttpStatusCode.OK);
        await World.CreateCustomerAsync(installer);
        await World.UploadDocumentAsync(other, otherCustomerId);
        waiting.IsCompleted.ShouldBeFalse();

        slow.Close();
        (await waiting).Status.ShouldBe(HttpStatusCode.Created);
    }
}
