using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Journeys;

/// <summary>The copy of everything that is stored about a customer, over all modules.</summary>
public sealed class ExportTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task It_tells_what_each_module_stores_and_nothing_that_lets_somebody_in()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organizationId);
        using var administrator = await world.CreateAdministratorAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        using var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        await CommentAsync(installer, offer.Id, "For the customer", "CUSTOMER");
        await CommentAsync(installer, offer.Id, "Among ourselves", "INTERNAL");
        await installer.PostAsync($"/loan-offers/{offer.Id}/reject", Rejection(offer), HttpStatusCode.OK);

        var whole = await administrator.GetAsync($"/customers/{customerId}/export", HttpStatusCode.OK);
        var own = await customer.GetAsync($"/customers/{customerId}/export", HttpStatusCode.OK);

        foreach (var copy in (Answer[])[whole, own])
        {
            var records = copy.Json.GetProperty("records");
            records.EnumerateObject().Select(member => member.Name).ShouldBe(["account", "loanOffers", "messages"]);
            var profile = copy.Json.GetProperty("profile");
            profile.GetProperty("addressLine1").GetString().ShouldBe("Sonnenallee 12");
            records.GetProperty("account").GetProperty("email").GetString().ShouldBe(profile.GetProperty("email").GetString());
            records.GetProperty("account").GetProperty("sessions").GetArrayLength().ShouldBe(1);
            records.GetProperty("messages")[0].GetProperty("kind").GetString().ShouldBe("CUSTOMER_INVITATION");
            records.GetProperty("loanOffers").GetProperty("offers")[0].GetProperty("id").GetGuid().ShouldBe(offer.Id);
            copy.Text.ShouldContain("For the customer");
            copy.Text.ShouldNotContain("token", Case.Insensitive);
            copy.Text.ShouldNotContain("password", Case.Insensitive);
        }
        foreach (var internalWord in (string[])["Among ourselves", "UNSUITABLE_PROPERTY", "The roof is too weak"])
        {
            whole.Text.ShouldContain(internalWord);
            own.Text.ShouldNotContain(internalWord);
        }
    }

    [Fact]
    public async Task As_a_ZIP_file_it_has_the_documents_too()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organizationId);
        using var administrator = await world.CreateAdministratorAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);

        using var answer = await administrator.GetAsync(
            new Uri($"/api/v1/customers/{customerId}/export?format=ZIP", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"customer-{customerId}.zip");
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        zip.Entries.Select(entry => entry.Name).ShouldBe(["customer.json", $"loan-offer-{offerId}.pdf"]);
        using var copy = JsonDocument.Parse(await ReadAsync(zip.Entries[0]));
        copy.RootElement.GetProperty("profile").GetProperty("id").GetGuid().ShouldBe(customerId);
        Encoding.ASCII.GetString(await ReadAsync(zip.Entries[1]), 0, 5).ShouldBe("%PDF-");
    }

    [Fact]
    public async Task There_is_no_copy_of_another_organisations_customer()
    {
        using var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        using var stranger = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
        var customerId = await World.CreateCustomerAsync(installer);

        foreach (var format in (string[])["JSON", "ZIP"])
        {
            (await stranger.SendAsync("GET", $"/customers/{customerId}/export?format={format}")).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
    }

    [Fact]
    public void Each_module_that_stores_rows_of_customers_tells_and_erases_them()
    {
        using var scope = host.App.Services.CreateScope();
        var tellers = scope.ServiceProvider.GetServices<ICustomerRecords>().Select(teller => teller.GetType().Assembly).ToHashSet();
        var erasers = scope.ServiceProvider.GetServices<ICustomerErasure>().Select(eraser => eraser.GetType().Assembly).ToHashSet();
        var modules = scope
            .ServiceProvider.GetServices<ModuleDatabase>()
            .Select(database => (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType))
            .Where(context =>
                context
                    .Model.GetEntityTypes()
                    .Any(type =>
                        type.ClrType != typeof(AuditEntry) && type.GetProperties().Any(column => column.GetColumnName() == "customer_id")
                    )
            )
            .Select(context => context.GetType().Assembly)
            .ToList();

        modules.Count.ShouldBe(9);
        modules.ShouldBeSubsetOf(tellers);
        // Two have contracts of their own, which the slice calls.
        modules.Select(module => module.GetName().Name).Except(["Lending.Identity", "Lending.Notifications"]).ShouldNotBeEmpty();
        modules.Where(module => module.GetName().Name is not ("Lending.Identity" or "Lending.Notifications")).ShouldBeSubsetOf(erasers);
    }

    private static Task<Answer> CommentAsync(HttpClient installer, Guid offerId, string text, string visibility) =>
        installer.PostAsync($"/loan-offers/{offerId}/comments", new { text, visibility }, HttpStatusCode.Created);

    private static object Rejection(Answer offer) =>
        new
        {
            reason = "UNSUITABLE_PROPERTY",
            version = offer.Json.GetProperty("version").GetInt32(),
            documentHash = offer["documentHash"],
            comment = "The roof is too weak",
        };

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
        await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
