using System.Collections.Concurrent;
using System.Net;
using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Payments.Tests;
using Lending.Payments.Tests.Cards;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(PaymentsFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Payments.Tests;

/// <summary>The Payments module alone, for all tests of this process. Loan accounts, and what is recorded on them, are made up.</summary>
public sealed class PaymentsFixture : IAsyncLifetime
{
    /// <summary>The account on which organisations of these tests collect.</summary>
    public const string OwnIban = "DE87200500001234567890";

    /// <summary>An account of a customer.</summary>
    public const string CustomerIban = "DE89370400440532013000";

    /// <summary>What Stripe signs with.</summary>
    public const string WebhookSecret = "whsec_present_KNlyXJGZ7Q";

    /// <summary>What it signed with before.</summary>
    public const string PreviousWebhookSecret = "whsec_previous_3cVh0Mqs9T";

    /// <summary>What lets us in at Stripe.</summary>
    public const string StripeKey = "sk_test_FQ8sZk2nV7xL";

    public ModuleHost Host { get; private set; } = null!;

    internal FakeStripe Stripe { get; private set; } = null!;

    internal FakeLoans Loans { get; } = new();

    internal FakeSenders Senders { get; } = new();

    public async ValueTask InitializeAsync()
    {
        foreach (var secret in (string[])[WebhookSecret, PreviousWebhookSecret, StripeKey])
        {
            LogWatch.OfThisRun.Learn(secret);
        }
        Stripe = await FakeStripe.StartAsync();
        Host = await StartAsync();
        Stripe.Books.Clock = Host.Clock;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    /// <summary>A host of its own, for tests that nobody may disturb. It lives on Monday, 15 June 2026, at noon in Frankfurt.</summary>
    /// <param name="stripeKey">What lets it in at Stripe.</param>
    public async Task<ModuleHost> StartAsync(string stripeKey = StripeKey)
    {
        var host = await ModuleHost.StartAsync(
            new PaymentsModule(),
            services =>
                services
                    .AddScoped<ILoanPayments>(provider => new LoansOfCaller(Loans, provider.GetRequiredService<Caller>()))
                    .AddSingleton<ILoanPayouts>(Loans)
                    .AddSingleton<ICustomerDirectory, FakeCustomers>()
                    .AddSingleton<IMessageSenders>(Senders),
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Cards:Stripe:ApiKey"] = stripeKey,
                ["Cards:Stripe:WebhookSecret"] = WebhookSecret,
                ["Cards:Stripe:PreviousWebhookSecret"] = PreviousWebhookSecret,
                ["Cards:Stripe:Url"] = Stripe.Url,
                ["Cards:Stripe:TimeoutSeconds"] = "2",
            }
        );
        host.Clock.Advance(new DateTimeOffset(2026, 6, 15, 10, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        return host;
    }

    /// <summary>Lets the organisation say on which account it collects.</summary>
    public static async Task<HttpClient> WithCreditorAsync(HttpClient staff)
    {
        await staff.ExpectAsync("PUT", "/sepa-creditor", Creditor, HttpStatusCode.OK);
        return staff;
    }

    public static object Creditor { get; } = new
    {
        name = "Sonnenkredit GmbH",
        identifier = "DE98ZZZ09999999999",
        iban = OwnIban,
        street = "Hauptstraße",
        buildingNumber = "1",
        postCode = "10115",
        town = "Berlin",
        country = "DE",
        noticeDays = 1,
    };

    /// <summary>A mandate for the loan account.</summary>
    public static object Mandate(
        Guid loanAccountId,
        string iban = CustomerIban,
        string? reference = null,
        string signedOn = "2026-05-01"
    ) =>
        new
        {
            loanAccountId,
            reference,
            holderName = "Erika Muster",
            iban,
            signedOn,
            signature = "PAPER",
            evidenceHash = new string('a', 64),
        };

    /// <summary>Where a customer is written to.</summary>
    public static string EmailOf(Guid customerId) => $"{customerId:N}@example.org";

    /// <summary>Customers of whom something is known, whoever they are, but those who were erased.</summary>
    internal sealed class FakeCustomers : ICustomerDirectory
    {
        public static readonly ConcurrentDictionary<Guid, bool> Erased = new();

        /// <summary>The languages of those who chose one.</summary>
        public static readonly ConcurrentDictionary<Guid, string> Languages = new();

        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) =>
            Task.FromResult(
                Erased.ContainsKey(customerId)
                    ? null
                    : new CustomerSummary(
                        customerId,
                        "Greta Sommer",
                        EmailOf(customerId),
                        "Rosenweg 5\n80331 München\nDE",
                        Languages.GetValueOrDefault(customerId)
                    )
            );
    }

    /// <summary>Organisations that write German where a test has said so.</summary>
    internal sealed class FakeSenders : IMessageSenders
    {
        public ConcurrentDictionary<Guid, string> Languages { get; } = new();

        public Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct) =>
            Task.FromResult(
                new MessageSender("Sonnendach Finanz GmbH", Languages.GetValueOrDefault(organizationId, "en"), "Europe/Berlin")
            );
    }
}
