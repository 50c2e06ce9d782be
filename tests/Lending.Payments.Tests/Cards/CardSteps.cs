using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Payments.Tests.Cards;

/// <summary>What tests of payments by card do with an organisation, a customer and their loan.</summary>
internal sealed class CardSteps
{
    public const string Path = "/card-payments";

    private readonly PaymentsFixture fixture;

    public CardSteps(PaymentsFixture fixture, ModuleHost? host = null, string currency = "EUR")
    {
        this.fixture = fixture;
        Host = host ?? fixture.Host;
        Loan = fixture.Loans.Add(currency: currency);
        Customer = Host.ClientFor(Persons.Customer(Organization, Loan.Payable.CustomerId));
        Staff = Host.ClientFor(Persons.Administrator(Organization));
    }

    public Guid Organization { get; } = Unique.Id();

    public ModuleHost Host { get; }

    public FakeLoans.Loan Loan { get; }

    public HttpClient Customer { get; }

    public HttpClient Staff { get; }

    public StripeBooks Books => fixture.Stripe.Books;

    /// <summary>An amount that no other test has, so that what goes wrong with it disturbs none.</summary>
    public static decimal NewAmount() => 100 + RandomNumberGenerator.GetInt32(1, 9_000_000) / 100m;

    /// <summary>The amount as Stripe writes it.</summary>
    public static string Cents(decimal amount) => ((long)(amount * 100)).ToString(CultureInfo.InvariantCulture);

    public object Request(decimal amount, Guid? requestId = null, string currency = "EUR", Guid? loanAccountId = null) =>
        new
        {
            requestId = requestId ?? Unique.Id(),
            loanAccountId = loanAccountId ?? Loan.Id,
            amount,
            currency,
        };

    /// <summary>A payment that waits for its customer: our id, and Stripe's.</summary>
    public async Task<(Guid Id, string Intent)> StartAsync(decimal amount = 100)
    {
        var started = await Customer.PostAsync(Path, Request(amount), HttpStatusCode.Created);
        return (Guid.Parse(started["payment.id"]!), started["payment.providerId"]!);
    }

    /// <summary>A payment that was paid, and told of.</summary>
    public async Task<(Guid Id, string Intent)> PaidAsync(decimal amount = 100)
    {
        var payment = await StartAsync(amount);
        await TellAsync(Books.Pay(payment.Intent));
        return payment;
    }

    public async Task<JsonElement> ReadAsync(Guid id) => (await Staff.GetAsync($"{Path}/{id}", HttpStatusCode.OK)).Json;

    public async Task<string?> StatusAsync(Guid id) => (await ReadAsync(id)).GetProperty("status").GetString();

    public Task<Answer> RefundAsync(Guid id, decimal amount, Guid? requestId = null) =>
        Staff.SendAsync("POST", $"{Path}/{id}/refunds", new { requestId = requestId ?? Unique.Id(), amount });

    /// <summary>Stripe sends an event, and it is taken.</summary>
    public async Task TellAsync(string content) => (await TryTellAsync(content)).Status.ShouldBe(HttpStatusCode.NoContent);

    /// <summary>Stripe, or somebody else, sends an event.</summary>
    public Task<Answer> TryTellAsync(string content, string secret = PaymentsFixture.WebhookSecret, TimeSpan ago = default) =>
        SendAsync(content, FakeStripe.Sign(content, secret, Host.Clock.GetUtcNow() - ago));

    public Task<Answer> SendAsync(string content, string? signature) => FakeStripe.SendEventAsync(Host.Client, content, signature);
}
