using System.Collections.Concurrent;
using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Outbox;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Days;
using Lending.Servicing.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(ServicingFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Servicing.Tests;

/// <summary>The Servicing module alone, for all tests of this process. Offers that customers accepted are made up.</summary>
public sealed class ServicingFixture : IAsyncLifetime
{
    private readonly FakeOffers offers = new();

    /// <summary>Customers who were erased; of all others, something is known.</summary>
    public ConcurrentDictionary<Guid, bool> Erased { get; } = new();

    /// <summary>The languages of organisations that do not write in German, and of customers who chose one.</summary>
    public ConcurrentDictionary<Guid, string> Languages { get; } = new();

    /// <summary>Refunds whose money is at a bank.</summary>
    public ConcurrentDictionary<Guid, bool> AtBank { get; } = new();

    /// <summary>What organisations have said of themselves.</summary>
    public ConcurrentDictionary<Guid, Letterhead> Letterheads { get; } = new();

    /// <summary>The accounts on which organisations collect, without a reference.</summary>
    public ConcurrentDictionary<Guid, LenderAccount> LenderAccounts { get; } = new();

    public ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A host of its own, for tests that nobody may disturb. It lives on 15 June 2026, for which there is a base rate.</summary>
    public async Task<ModuleHost> StartAsync()
    {
        var host = await ModuleHost.StartAsync(
            new ServicingModule(),
            services =>
            {
                services
                    .AddSingleton<IAcceptedOffers>(offers)
                    .AddSingleton<ICustomerDirectory>(new FakeCustomers(Erased, Languages))
                    .AddSingleton<IMessageSenders>(new FakeSenders(Languages))
                    .AddSingleton<IReversalGuard>(new FakeGuard(AtBank))
                    .AddScoped<ILetterheads>(services => new FakeLetterheads(Letterheads, services.GetRequiredService<Caller>()))
                    .AddScoped<ILenderAccounts>(services => new FakeAccounts(LenderAccounts, services.GetRequiredService<Caller>()));
                // Tests run it when they want it.
                services.Remove(services.Single(service => service.ImplementationType == typeof(DayRun)));
                services.AddSingleton<DayRun>();
            }
        );
        // Nobody handles its events here; what nobody handles is deleted after a day, which passes quickly.
        await host.StopDeliveringAsync();
        host.Clock.Advance(new DateTimeOffset(2026, 6, 15, 10, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        return host;
    }

    /// <summary>Makes up an accepted offer: 1,000.00 at 6 % in twelve instalments, paid out on 1 January 2026.</summary>
    internal AcceptedOffer Accepted(
        Guid customerId,
        DateOnly? disbursedOn = null,
        DateTimeOffset? acceptedAt = null,
        Guid? offeredById = null,
        Func<AcceptedOffer, AcceptedOffer>? change = null
    )
    {
        var euro = Currency.Get("EUR");
        if (!LoanQuote.TryOf(new LoanTerms(1_000, 6, 12, euro) { FirstDueDate = new(2026, 2, 1) }, out var quote, out _))
        {
            throw new InvalidOperationException("These terms are inside the limits.");
        }
        var offer = new AcceptedOffer
        {
            OfferId = Unique.Id(),
            CustomerId = customerId,
            OfferedById = offeredById ?? Unique.Id(),
            BorrowerKind = BorrowerKind.Consumer,
            IsSecuredByLand = false,
            Currency = "EUR",
            AmountOwed = 1_000,
            FinancedFee = 0,
            DealerFee = 0,
            UpfrontFee = 0,
            MonthlyFee = 0,
            AnnualRatePercent = 6,
            DayCount = DayCount.Thirty360.Name(),
            PlannedPayoutOn = new(2026, 1, 1),
            Instalments = [.. quote.Schedule().Select(row => new AcceptedInstalment(row.DueDate, row.Principal, row.Interest))],
            AcceptedAt = acceptedAt ?? new DateTimeOffset(2025, 12, 20, 12, 0, 0, TimeSpan.Zero),
            DisbursedOn = disbursedOn,
        };
        offer = change?.Invoke(offer) ?? offer;
        offers.Known[offer.OfferId] = offer;
        return offer;
    }

    /// <summary>Tells the module of an event, as the outbox of Loans does.</summary>
    public static Task TellAsync<TEvent>(ModuleHost host, TEvent happened, Guid messageId)
        where TEvent : LoanOfferEvent =>
        host.InModuleAsync(
            happened.OrganizationId,
            async services =>
            {
                await ((IEventHandler<TEvent>)(object)services.GetRequiredService<AccountOpening>()).HandleAsync(
                    happened,
                    messageId,
                    CancellationToken.None
                );
                return true;
            }
        );

    /// <summary>An account of a loan that was paid out on 1 January 2026.</summary>
    internal async Task<Guid> DisbursedAccountAsync(
        Guid organizationId,
        Guid? customerId = null,
        ModuleHost? host = null,
        DateTimeOffset? acceptedAt = null,
        Guid? offeredById = null,
        Func<AcceptedOffer, AcceptedOffer>? change = null
    )
    {
        var offer = Accepted(customerId ?? Unique.Id(), new DateOnly(2026, 1, 1), acceptedAt, offeredById, change);
        await TellAsync(host ?? Host, new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organizationId }, Unique.Id());
        return await AccountOfAsync(offer.OfferId, host);
    }

    /// <summary>The reference that a loan account is given.</summary>
    public static string ReferenceOf(Guid loanAccountId) => $"RF00LN{loanAccountId:N}"[..24];

    /// <summary>Lets the offer be withdrawn, or be in its withdrawal period.</summary>
    internal void ForbidPayout(Guid offerId) => offers.NotPayable[offerId] = true;

    /// <summary>The events that the module has told of an account, in the order in which they are told.</summary>
    public async Task<List<(string Type, JsonElement Payload)>> ToldAsync(Guid accountId, ModuleHost? host = null)
    {
        await using var command = (host ?? Host).Database.CreateCommand(
            $"SELECT type, payload FROM servicing.outbox_messages WHERE aggregate_id = '{accountId}' ORDER BY number"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var told = new List<(string, JsonElement)>();
        while (await reader.ReadAsync())
        {
            told.Add((reader.GetString(0), JsonElement.Parse(reader.GetString(1))));
        }
        return told;
    }

    public async Task<Guid> AccountOfAsync(Guid offerId, ModuleHost? host = null) =>
        (Guid)(await ScalarAsync($"SELECT id FROM servicing.loan_accounts WHERE offer_id = '{offerId}'", host))!;

    public async Task<object?> ScalarAsync(string statement, ModuleHost? host = null)
    {
        await using var command = (host ?? Host).Database.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }

    private sealed class FakeCustomers(ConcurrentDictionary<Guid, bool> erased, ConcurrentDictionary<Guid, string> languages)
        : ICustomerDirectory
    {
        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) =>
            Task.FromResult(
                erased.ContainsKey(customerId)
                    ? null
                    : new CustomerSummary(
                        customerId,
                        "Jürgen Großmann",
                        $"{customerId:N}@example.org",
                        "Rosenweg 5\n80331 München\nDE",
                        languages.GetValueOrDefault(customerId)
                    )
            );
    }

    private sealed class FakeGuard(ConcurrentDictionary<Guid, bool> atBank) : IReversalGuard
    {
        public Task<Error?> FindObstacleAsync(Guid loanEventId, CancellationToken ct) =>
            Task.FromResult(atBank.ContainsKey(loanEventId) ? Error.Conflict("refund-at-bank", "The money is at the bank.") : null);
    }

    private sealed class FakeSenders(ConcurrentDictionary<Guid, string> languages) : IMessageSenders
    {
        public Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct) =>
            Task.FromResult(
                new MessageSender("Sonnendach Finanz GmbH", languages.GetValueOrDefault(organizationId, "de"), "Europe/Berlin")
            );
    }

    private sealed class FakeLetterheads(ConcurrentDictionary<Guid, Letterhead> known, Caller caller) : ILetterheads
    {
        public Task<Letterhead?> FindAsync(CancellationToken ct) => Task.FromResult(known.GetValueOrDefault(caller.OrganizationId));
    }

    /// <summary>As the real ones, they know no reference of an account before one is given.</summary>
    private sealed class FakeAccounts(ConcurrentDictionary<Guid, LenderAccount> known, Caller caller) : ILenderAccounts
    {
        public Task<LenderAccount?> FindAsync(Guid loanAccountId, CancellationToken ct) =>
            Task.FromResult(known.GetValueOrDefault(caller.OrganizationId));

        public Task<string> GiveReferenceAsync(Guid loanAccountId, Guid customerId, CancellationToken ct) =>
            Task.FromResult(ReferenceOf(loanAccountId));
    }

    private sealed class FakeOffers : IAcceptedOffers
    {
        public ConcurrentDictionary<Guid, AcceptedOffer> Known { get; } = new();

        public ConcurrentDictionary<Guid, bool> NotPayable { get; } = new();

        public Task<IReadOnlySet<Guid>> HoldPayableAsync(IReadOnlyCollection<Guid> offerIds, CancellationToken ct) =>
            Task.FromResult<IReadOnlySet<Guid>>(offerIds.Where(offerId => !NotPayable.ContainsKey(offerId)).ToHashSet());

        public Task<AcceptedOffer?> FindAsync(Guid offerId, CancellationToken ct) => Task.FromResult(Known.GetValueOrDefault(offerId));
    }
}
