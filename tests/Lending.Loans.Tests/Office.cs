using System.Net;
using System.Text.Json.Nodes;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Offers;
using Lending.Loans.Tests.Offers;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests;

/// <summary>An organisation of a test's own, with an installer and a customer.</summary>
internal sealed class Office
{
    private readonly LoansFixture fixture;
    private readonly OrganizationSummary organization;

    public Office(
        LoansFixture fixture,
        string currency = "EUR",
        string timeZone = "Europe/Berlin",
        IReadOnlyList<ApprovalTier>? approvalTiers = null,
        // Or nothing could be paid out before two weeks have passed.
        bool allowsEarlyPayout = true
    )
    {
        this.fixture = fixture;
        organization = new(Id, "Solar GmbH", currency, timeZone, approvalTiers ?? ApprovalTier.Default, allowsEarlyPayout);
        fixture.Organizations.Put(organization);
        InstallerSubject = Persons.Installer(Id);
        Installer = fixture.Host.ClientFor(InstallerSubject);
        Administrator = fixture.Host.ClientFor(Persons.Administrator(Id));
        Customer = AddCustomer();
        CustomerClient = ClientOf(Customer.Id);
    }

    public Guid Id { get; } = Unique.Id();

    /// <summary>Changes what the organisation has set.</summary>
    public void Set(Func<OrganizationSummary, OrganizationSummary> change) => fixture.Organizations.Put(change(organization));

    public AccessTokenSubject InstallerSubject { get; }

    public HttpClient Installer { get; }

    public HttpClient Administrator { get; }

    public CustomerSummary Customer { get; }

    /// <summary>The installer, with a token of now.</summary>
    public HttpClient NewInstallerClient() => fixture.Host.ClientFor(InstallerSubject);

    /// <summary>The customer's own account.</summary>
    public HttpClient CustomerClient { get; }

    public HttpClient Anonymous => fixture.Host.Client;

    public AskedMessages Messages => fixture.Host.Messages;

    public TestClock Clock => fixture.Host.Clock;

    public OfferDeadlines Deadlines => fixture.Host.Services.GetRequiredService<OfferDeadlines>();

    /// <summary>Who goes this step.</summary>
    public HttpClient ClientFor(string step) =>
        Steps.IsCustomers(step) ? CustomerClient
        : step == "disburse" ? Administrator
        : Installer;

    public CustomerSummary AddCustomer()
    {
        var customer = new CustomerSummary(Unique.Id(), $"Ada {Unique.Text()}", Unique.Email(), "Sonnenallee 12\n12045 Berlin\nDE");
        fixture.Customers.Put(customer);
        return customer;
    }

    public HttpClient ClientOf(Guid? customerId) => fixture.Host.ClientFor(Persons.Customer(Id, customerId));

    public JsonObject Terms(decimal loanAmount = 10_000, decimal annualRatePercent = 8, int termMonths = 10, Guid? customerId = null) =>
        new()
        {
            ["customerId"] = customerId ?? Customer.Id,
            ["loanAmount"] = loanAmount,
            ["annualRatePercent"] = annualRatePercent,
            ["termMonths"] = termMonths,
        };

    /// <summary>Creates an offer, of these terms or the usual ones.</summary>
    public Task<Answer> OfferAsync(JsonObject? terms = null) =>
        Installer.PostAsync("/loan-offers", terms ?? Terms(), HttpStatusCode.Created);

    /// <summary>Creates an offer and moves it on.</summary>
    public async Task<Answer> OfferAsync(string status)
    {
        var offer = await OfferAsync();
        foreach (var step in Steps.To(status))
        {
            offer = await this.GoAsync(offer, step);
        }
        return offer;
    }

    /// <summary>How many offers the organisation has.</summary>
    public async Task<int> CountAsync() =>
        (await Installer.GetAsync("/loan-offers?limit=1&includeTotal=true", HttpStatusCode.OK)).Json.GetProperty("total").GetInt32();

    /// <summary>Works behind the API, as this office's installer.</summary>
    public Task<T> BehindTheApiAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull => BehindTheApiAsync<TService, Transactions, T>((service, _) => work(service));

    /// <inheritdoc cref="BehindTheApiAsync{TService,T}"/>
    public async Task<T> BehindTheApiAsync<TFirst, TSecond, T>(Func<TFirst, TSecond, Task<T>> work)
        where TFirst : notnull
        where TSecond : notnull
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        scope
            .ServiceProvider.GetRequiredService<Caller>()
            .ActFor(Id, new Kernel.UserReference(InstallerSubject.UserId, InstallerSubject.Username));
        return await work(scope.ServiceProvider.GetRequiredService<TFirst>(), scope.ServiceProvider.GetRequiredService<TSecond>());
    }
}
