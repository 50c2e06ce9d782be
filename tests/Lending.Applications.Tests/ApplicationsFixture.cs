using System.Collections.Concurrent;
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
using Lending.Platform.Persistence;
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

    /// <summary>A host of its own, for tests that nobody may disturb. A slow bureau is waited for a second.</summary>
    public Task<ModuleHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        ModuleHost.StartAsync(
            new ApplicationsModule(),
            services =>
                services
                    .AddSingleton(neighbours)
                    .AddScoped<ICustomerDirectory, FakeNeighbours.Directory>()
                    .AddScoped<IDocumentDirectory, FakeNeighbours.DocumentDirectory>()
                    .AddScoped<IOfferedCredits, FakeNeighbours.OfferedCredits>()
                    .AddSingleton<ICustomerLinks>(neighbours)
                    .AddSingleton<IOrganizationDirectory>(neighbours)
                    .AddSingleton<IMessageSenders>(neighbours)
                    .AddScoped<IStaffDirectory, FakeNeighbours.StaffDirectory>(),
            settings
                ?? new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Bureau:TimeoutSeconds"] = "1",
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

    private sealed class FakeNeighbours : IOrganizationDirectory, IMessageSenders, ICustomerLinks
    {
        public ConcurrentDictionary<Guid, (Guid OrganizationId, CustomerSummary Customer)> Customers { get; } = new();

        public ConcurrentDictionary<Guid, (Guid OrganizationId, KnownDocument Document)> Documents { get; } = new();

        public ConcurrentDictionary<Guid, (Guid OrganizationId, GuardedOffer Offer)> Offers { get; } = new();

        public ConcurrentDictionary<Guid, (Guid OrganizationId, Role Role, StaffMember Member)> Staff { get; } = new();

        public ConcurrentDictionary<Guid, bool> Germans { get; } = new();

        public ConcurrentDictionary<Guid, string> Currencies { get; } = new();

        public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
            ValueTask.FromResult(
                new OrganizationSummary(
                    organizationId,
                    "Sonne & Dach",
                    Currencies.GetValueOrDefault(organizationId, "EUR"),
                    "Europe/Berlin",
                    ApprovalTier.Default
                )
            );

        public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => GetAsync(organizationId, ct).AsTask();

        public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();

        Task<MessageSender> IMessageSenders.GetAsync(Guid organizationId, CancellationToken ct) =>
            Task.FromResult(new MessageSender("Sonne & Dach", Germans.ContainsKey(organizationId) ? "de" : "en", "Europe/Berlin"));

        // Links are made and mailed here, and opened by other modules.
        public Task<CustomerLinkKey> CreateAsync(CustomerSummary customer, CancellationToken ct) =>
            Task.FromResult(new CustomerLinkKey(customer.Id, Secret.New()));

        public Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session, CancellationToken ct) => throw new NotSupportedException();

        public Task<Error?> SendCodeAsync(CustomerLinkKey key, string session, CancellationToken ct) => throw new NotSupportedException();

        public Task<Error?> ConfirmAsync(CustomerLinkKey key, string session, string digits, CancellationToken ct) =>
            throw new NotSupportedException();

        /// <summary>The documents as a request finds them: of the caller's organisation, and customers their own alone.</summary>
        internal sealed class DocumentDirectory(FakeNeighbours fake, Caller caller) : IDocumentDirectory
        {
            public Task<IReadOnlyList<KnownDocument>> FindAsync(IReadOnlyCollection<Guid> documentIds, CancellationToken ct) =>
                Task.FromResult<IReadOnlyList<KnownDocument>>([
                    .. fake
                        .Documents.Values.Where(known =>
                            documentIds.Contains(known.Document.Id)
                            && known.OrganizationId == caller.OrganizationId
                            && (caller.CustomerScope is null || caller.CustomerScope == known.Document.CustomerId)
                        )
                        .Select(known => known.Document),
                ]);
        }

        /// <summary>Those who work for the caller's organisation.</summary>
        internal sealed class StaffDirectory(FakeNeighbours fake, Caller caller) : IStaffDirectory
        {
            private IEnumerable<(Guid OrganizationId, Role Role, StaffMember Member)> All =>
                fake.Staff.Values.Where(known => known.OrganizationId == caller.OrganizationId);

            public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => throw new NotSupportedException();

            public Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
                Task.FromResult<IReadOnlyList<StaffMember>>([.. All.Where(known => known.Role == role).Select(known => known.Member)]);

            public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
                Task.FromResult(All.Select(known => known.Member).FirstOrDefault(member => member.Id == userId)?.Email);
        }

        /// <summary>The offers as a request finds them: of the caller's organisation.</summary>
        internal sealed class OfferedCredits(FakeNeighbours fake, Caller caller) : IOfferedCredits
        {
            public Task<OfferedCredit?> FindAsync(Guid offerId, CancellationToken ct) =>
                Task.FromResult(
                    fake.Offers.TryGetValue(offerId, out var known) && known.OrganizationId == caller.OrganizationId
                        ? Of(known.Offer)
                        : null
                );

            public Task<OfferedCredit?> GiveAsync(Guid offerId, CancellationToken ct) => throw new NotSupportedException();

            private static OfferedCredit Of(GuardedOffer offer) =>
                new()
                {
                    OfferId = offer.Id,
                    Version = 1,
                    DocumentHash = offer.DocumentHash,
                    CustomerId = offer.CustomerId,
                    Lender = "Sonne & Dach",
                    IsOpen = true,
                    ValidUntil = null,
                    WithdrawalEndsAt = null,
                    Currency = offer.Currency,
                    AmountOfCredit = offer.AmountOfCredit,
                    UpfrontFee = 0,
                    FinancedFee = 0,
                    MonthlyFee = 1,
                    DealerFee = 0,
                    TotalCostOfCredit = 0,
                    TotalPayable = 0,
                    AprcPercent = null,
                    AnnualRatePercent = 0,
                    LaterRates = [],
                    PayoutOn = default,
                    DailyInterest = 0,
                    Instalments = [new(default, offer.MonthlyInstalment - 1, Principal: 0, Interest: 0, Balance: 0)],
                };
        }

        /// <summary>The customers as a request finds them: of the caller's organisation, and customers themselves alone.</summary>
        internal sealed class Directory(FakeNeighbours fake, Caller caller, Transactions transactions) : ICustomerDirectory
        {
            public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
            {
                // Outside a transaction the real one could not keep the customer from being deleted.
                transactions.IsOpen.ShouldBeTrue();
                return Task.FromResult(
                    fake.Customers.TryGetValue(customerId, out var known)
                    && known.OrganizationId == caller.OrganizationId
                    && (caller.CustomerScope is null || caller.CustomerScope == customerId)
                        ? known.Customer
                        : null
                );
            }
        }
    }
}

/// <summary>Details of people A and C of the published vectors.</summary>
internal static class People
{
    public static object Proved(decimal amount, string source = "PAYSLIP") =>
        new
        {
            amount,
            source,
            evidence = "october.pdf",
        };

    public static object A(decimal loanAmount = 25_000, object? netIncome = null) =>
        Of(loanAmount, 5.9m, netIncome ?? Proved(3_200), 850, 0, 60);

    public static object C => Of(20_000, 6.9m, Proved(2_100), 700, 180, 36);

    /// <summary>A without work and with two failed payments: in class 3, 440 + 30 + 40 + 40 points, which are for a person.</summary>
    public static object ForReview =>
        new
        {
            loanAmount = 25_000,
            annualRatePercent = 5.9,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = 850 },
            first = new
            {
                employment = "OTHER",
                employmentMonths = 6,
                arrears = 2,
                netIncome = Proved(3_200),
            },
        };

    private static object Of(decimal loanAmount, decimal rate, object netIncome, decimal housing, decimal debts, int months) =>
        new
        {
            loanAmount,
            annualRatePercent = rate,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = housing },
            existingInstalments = new { amount = debts },
            first = new
            {
                employment = "PERMANENT",
                employmentMonths = months,
                netIncome,
            },
        };
}
