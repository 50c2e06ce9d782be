using System.Collections.Concurrent;
using System.Net;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Documents.Tests;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(DocumentsFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Documents.Tests;

/// <summary>The Documents module alone, for all tests of this process, with clamd as its child. Customers are made up.</summary>
public sealed class DocumentsFixture : IAsyncLifetime
{
    private readonly List<string> folders = [];
    private readonly ConcurrentDictionary<Guid, (Guid OrganizationId, CustomerSummary Summary)> customers = new();

    public ModuleHost Host { get; private set; } = null!;

    /// <summary>The folder of its files.</summary>
    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        OtherPrograms.Need("clamd", "clamav-daemon");
        (Host, Folder) = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }

    /// <summary>A host of its own, for tests that nobody may disturb, and the folder of its files.</summary>
    public async Task<(ModuleHost Host, string Folder)> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("lending-documents-").FullName;
        folders.Add(folder);
        var host = await ModuleHost.StartAsync(
            new DocumentsModule(),
            services =>
            {
                services.AddSingleton(this);
                services.AddScoped<ICustomerDirectory, MadeUpCustomers>();
                services.AddSingleton<ICustomerLinks, MadeUpLinks>();
            },
            new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                ["Documents:Folder"] = folder,
            }
        );
        return (host, folder);
    }

    /// <summary>Makes up a customer.</summary>
    public Guid NewCustomer(Guid organizationId, string? email = null)
    {
        var id = Unique.Id();
        customers[id] = (organizationId, new CustomerSummary(id, "Greta Sommer", email ?? Unique.Email(), "Hauptstr. 1\n12045 Berlin\nDE"));
        return id;
    }

    /// <summary>A document that waits for a decision.</summary>
    public static async Task<Answer> PendingAsync(HttpClient sender, Guid customerId, string kind = "PAYSLIP", Guid? requestId = null)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["customerId"] = $"{customerId}", ["kind"] = kind };
        if (requestId is { } id)
        {
            fields["requestId"] = $"{id}";
        }
        var sent = await sender.UploadAsync(new Upload(PdfFile.Of(Unique.Text()), "payslip.pdf") { Fields = fields });
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
        sent["status"].ShouldBe("PENDING");
        return sent;
    }

    /// <summary>What another module asks for a customer.</summary>
    public static async Task<T> AsCustomerAsync<T>(
        ModuleHost host,
        Guid organizationId,
        Guid customerId,
        Func<ICustomerDocuments, Task<T>> ask
    )
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, MailedLink.Bearer, customerId);
        return await ask(scope.ServiceProvider.GetRequiredService<ICustomerDocuments>());
    }

    public static async Task<T> ScalarAsync<T>(ModuleHost host, string statement)
    {
        await using var command = host.Database.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    // As the real one: of the caller's organisation, and to customers only themselves.
    private sealed class MadeUpCustomers(DocumentsFixture fixture, Caller caller) : ICustomerDirectory
    {
        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) =>
            Task.FromResult(
                fixture.customers.TryGetValue(customerId, out var customer)
                && customer.OrganizationId == caller.OrganizationId
                && (caller.CustomerScope is null || caller.CustomerScope == customerId)
                    ? customer.Summary
                    : null
            );
    }
}
