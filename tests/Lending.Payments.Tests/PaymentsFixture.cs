using System.Net;
using Lending.Payments.Tests;
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

    public ModuleHost Host { get; private set; } = null!;

    internal FakeLoans Loans { get; } = new();

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A host of its own, for tests that nobody may disturb. It lives on Monday, 15 June 2026, at noon in Frankfurt.</summary>
    public async Task<ModuleHost> StartAsync()
    {
        var host = await ModuleHost.StartAsync(new PaymentsModule(), services => services.AddSingleton<ILoanPayments>(Loans));
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
}
