using System.Net;
using System.Text.Json;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Applications.Scoring;
using Lending.Applications.Tests;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(ApplicationsFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Applications.Tests;

/// <summary>The Applications module alone, for all tests of this process; customers and organisations are made up, the credit bureau is the product's fake.</summary>
public sealed class ApplicationsFixture : IAsyncLifetime
{
    private readonly FakeNeighbours neighbours = new();

    public ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A host of its own, for tests that nobody may disturb. A slow bureau is waited for longer than a busy machine takes to ask.</summary>
    public Task<ModuleHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        ModuleHost.StartAsync(
            new ApplicationsModule(),
            services =>
                services
                    .AddSingleton(neighbours)
                    .AddScoped<ICustomerDirectory, FakeNeighbours.Directory>()
                    .AddScoped<IDocumentDirectory, FakeNeighbours.DocumentDirectory>()
                    .AddScoped<IDocumentRequests, FakeNeighbours.DocumentRequests>()
                    .AddScoped<IOfferedCredits, FakeNeighbours.OfferedCredits>()
                    .AddSingleton<ICustomerLinks, MadeUpLinks>()
                    .AddSingleton<IOrganizationDirectory>(neighbours)
                    .AddSingleton<IMessageSenders>(neighbours)
                    .AddScoped<IStaffDirectory, FakeNeighbours.StaffDirectory>(),
            settings
                ?? new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Bureau:TimeoutSeconds"] = "5",
                    ["Bureau:Name"] = "Testauskunft",
                    ["Bureau:Contact"] = "auskunft@example.org",
                }
        );

    /// <summary>Makes up a customer; the made-up bureau goes by the last name.</summary>
    public CustomerSummary Customer(
        Guid organizationId,
        string lastName = "ClassTwo",
        string? email = null,
        string? phoneNumber = null,
        string? language = null,
        string country = "DE"
    )
    {
        var customer = new CustomerSummary(
            Unique.Id(),
            $"Greta {lastName}",
            email ?? Unique.Email(),
            $"Sonnenweg 1\n{Unique.Text()}\n{country}",
            language
        )
        {
            PhoneNumber = phoneNumber,
            Country = country,
        };
        neighbours.Customers[customer.Id] = (organizationId, customer);
        return customer;
    }

    /// <summary>Makes up one who works for an organisation, and says where they are written to. Others are there without an e-mail.</summary>
    public string Hire(Guid organizationId, Role role, Guid userId)
    {
        var member = new StaffMember(userId, Unique.Text(), Unique.Email());
        neighbours.Staff[userId] = (organizationId, role, member);
        return member.Email;
    }

    /// <summary>Makes up a document of a customer that counts, or may.</summary>
    public Guid Document(Guid organizationId, Guid customerId, bool isApproved = true)
    {
        var id = Unique.Id();
        neighbours.Documents[id] = (organizationId, new KnownDocument(id, customerId, isApproved));
        return id;
    }

    /// <summary>Somebody approves a document, of which this module is told.</summary>
    public Task ApproveAsync(Guid documentId)
    {
        var (organizationId, document) = neighbours.Documents[documentId];
        neighbours.Documents[documentId] = (organizationId, document with { IsApproved = true });
        var happened = new DocumentApproved
        {
            DocumentId = documentId,
            OrganizationId = organizationId,
            CustomerId = document.CustomerId,
            Kind = DocumentKind.Payslip,
        };
        return Host.InModuleAsync(
            organizationId,
            async services =>
            {
                await services.GetRequiredService<ApprovedDocuments>().HandleAsync(happened, Unique.Id(), CancellationToken.None);
                return true;
            }
        );
    }

    /// <summary>Which documents customers of the organisation were asked for.</summary>
    public IEnumerable<(Guid CustomerId, DocumentKind Kind, int Count)> AskedIn(Guid organizationId) =>
        neighbours
            .Asked.Values.Where(asked => asked.OrganizationId == organizationId)
            .Select(asked => (asked.CustomerId, asked.Kind, asked.Count));

    /// <summary>The customer brings all documents of a kind that they were asked for, they are approved, and this module is told of it, twice.</summary>
    public async Task BringAsync(Guid organizationId, Guid customerId, DocumentKind kind)
    {
        var (id, _) = neighbours.Asked.Single(asked => asked.Value.CustomerId == customerId && asked.Value.Kind == kind);
        neighbours.Brought[id] = true;
        var happened = new DocumentApproved
        {
            DocumentId = Unique.Id(),
            OrganizationId = organizationId,
            CustomerId = customerId,
            Kind = kind,
        };
        for (var time = 0; time < 2; time++)
        {
            await Host.InModuleAsync(
                organizationId,
                async services =>
                {
                    await services.GetRequiredService<MetConditions>().HandleAsync(happened, Unique.Id(), CancellationToken.None);
                    return true;
                }
            );
        }
    }

    /// <summary>Somebody finds that a document does not count.</summary>
    public void Reject(Guid documentId) => neighbours.Documents.TryRemove(documentId, out _).ShouldBeTrue();

    /// <summary>Lets an organisation decide by a policy: one writes it, another lets it go live.</summary>
    public async Task DecideByAsync(Guid organizationId, CreditPolicy policy)
    {
        var administrator = Host.ClientFor(Persons.Administrator(organizationId));
        var body = new { policy = JsonElement.Parse(policy.ToJson()) };
        var path = $"/credit-policies/{(await administrator.PostAsync("/credit-policies", body, HttpStatusCode.Created)).Id}";
        await administrator.PostAsync($"{path}/commit", null, HttpStatusCode.OK);
        await administrator.PostAsync($"{path}/replays", new { decisions = 1 }, HttpStatusCode.OK);
        await Host.ClientFor(Persons.Underwriter(organizationId)).PostAsync($"{path}/activate", null, HttpStatusCode.OK);
    }

    /// <summary>Lets the organisation's mails be German; otherwise they are English.</summary>
    public void SpeaksGerman(Guid organizationId) => neighbours.Germans.TryAdd(organizationId, true);

    /// <summary>Lets the organisation lend in another currency than euros.</summary>
    public void LendsIn(Guid organizationId, string currency) => neighbours.Currencies[organizationId] = currency;

    /// <summary>A draft of this customer.</summary>
    public static async Task<Guid> DraftAsync(HttpClient client, Guid customerId) =>
        (await client.PostAsync("/applications", new { customerId }, HttpStatusCode.Created)).Id;

    /// <summary>A draft with these details.</summary>
    public static async Task<Guid> DraftAsync(HttpClient client, Guid customerId, object details)
    {
        var id = await DraftAsync(client, customerId);
        await client.ExpectAsync("PATCH", $"/applications/{id}", details, HttpStatusCode.OK);
        return id;
    }

    /// <summary>An application that was submitted and decided on by policy.</summary>
    public static async Task<(Guid Id, Answer Answer)> AssessedAsync(HttpClient client, Guid customerId, object details)
    {
        var id = await DraftAsync(client, customerId, details);
        await client.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        return (id, await client.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK));
    }

    /// <summary>Tells this module that an application was submitted, as the outbox would. That would tell of other tests' applications, too, which wait to be decided on otherwise.</summary>
    public Task TellSubmittedAsync(Guid organizationId, Guid id) =>
        Host.InModuleAsync(
            organizationId,
            async services =>
            {
                var submitted = new ApplicationSubmitted { ApplicationId = id, OrganizationId = organizationId };
                await services.GetRequiredService<SubmittedApplications>().HandleAsync(submitted, Unique.Id(), CancellationToken.None);
                return true;
            }
        );

    /// <summary>An assessed application for an offer of this amount, and the offer as Loans would ask about it.</summary>
    public async Task<(Guid Id, GuardedOffer Offer)> AssessedForOfferAsync(Guid organizationId, object details, decimal amount)
    {
        var client = Host.ClientFor(Persons.Installer(organizationId));
        var offer = OfferTo(Customer(organizationId).Id, amount);
        var id = await DraftAsync(client, offer.CustomerId, details);
        await client.ExpectAsync("PATCH", $"/applications/{id}", new { offerId = offer.Id }, HttpStatusCode.OK);
        await client.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await client.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);
        return (id, offer);
    }

    /// <summary>An offer as Loans would ask about it.</summary>
    public static GuardedOffer OfferTo(Guid customerId, decimal amount) =>
        new(Unique.Id(), customerId, new string('0', 64), "EUR", amount, MonthlyInstalment: 200);

    /// <summary>Lets Loans know the offer, too; until then an application names one that nobody knows.</summary>
    public void Know(Guid organizationId, GuardedOffer offer) => neighbours.Offers[offer.Id] = (organizationId, offer);

    /// <summary>Why an offer may not be approved, or null: asked as Loans does.</summary>
    public Task<Error?> FindObstacleToApprovalAsync(Guid organizationId, GuardedOffer offer) =>
        Host.InModuleAsync(
            organizationId,
            services => services.GetRequiredService<IOfferApprovalGuard>().FindObstacleAsync(offer, TestContext.Current.CancellationToken)
        );

    /// <summary>What another module asks for a customer.</summary>
    public async Task<T> AsCustomerAsync<T>(Guid organizationId, Guid customerId, Func<ICustomerApplications, Task<T>> ask)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, MailedLink.Bearer, customerId);
        return await ask(scope.ServiceProvider.GetRequiredService<ICustomerApplications>());
    }

    /// <summary>Looks behind the API.</summary>
    internal Task<T> ReadAsync<T>(Guid organizationId, Func<ApplicationsDbContext, Task<T>> read, ModuleHost? host = null) =>
        (host ?? Host).InModuleAsync(organizationId, services => read(services.GetRequiredService<ApplicationsDbContext>()));
}
