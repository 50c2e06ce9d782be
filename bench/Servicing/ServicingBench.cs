using System.Diagnostics;
using System.Runtime.InteropServices;
using Lending.Bench.Load;
using Lending.Customers.Contracts;
using Lending.EmbeddedPostgres;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform;
using Lending.Servicing;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.Days;
using Lending.Servicing.LoanAccounts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Bench.Servicing;

/// <summary>What something took, in seconds.</summary>
/// <param name="Seconds">The time.</param>
/// <param name="Processor">The time of processors, for all.</param>
/// <param name="Database">What of it was PostgreSQL's.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cost(double Seconds, double Processor, double Database);

/// <summary>The Servicing module alone, on a PostgreSQL on disk that loses nothing, in the middle of November 2026.</summary>
internal sealed class ServicingBench : IAsyncDisposable
{
    private readonly PostgresServer server;

    private ServicingBench(PostgresServer server, ModuleHost host, NpgsqlDataSource database) =>
        (this.server, Host, Database) = (server, host, database);

    public ModuleHost Host { get; }

    /// <summary>Makes many accounts.</summary>
    public Copies Copies => field ??= new(this);

    /// <summary>As the owner, whose statements may take long.</summary>
    public NpgsqlDataSource Database { get; }

    public static async Task<ServicingBench> StartAsync(string? data, CancellationToken ct)
    {
        var postgres = await PostgresServer.StartAsync(
            new PostgresServerOptions { DataDirectory = data, SharedBuffersMegabytes = 512 },
            ct
        );
        var connection = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "bench", CommandTimeout = 0 };
        var owner = connection.ConnectionString;
        var host = await ModuleHost.StartAsync(
            new ServicingModule(),
            services =>
            {
                services
                    .AddSingleton<IAcceptedOffers, Nothing>()
                    .AddSingleton<ICustomerDirectory, Nothing>()
                    .AddSingleton<IMessageSenders, Nothing>();
                // It runs when it is measured.
                services.Remove(services.Single(service => service.ImplementationType == typeof(DayRun)));
                services.AddSingleton<DayRun>();
            },
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = TestDatabase.ApiOf(owner),
                // A million loans in one statement take a while.
                ["Database:StatementTimeoutSeconds"] = "3600",
            }
        );
        await host.StopDeliveringAsync();
        host.Clock.Advance(new DateTimeOffset(2026, 11, 15, 12, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        return new ServicingBench(postgres, host, NpgsqlDataSource.Create(owner));
    }

    /// <summary>Opens an account, and pays the loan out a month before the first due date.</summary>
    public async Task<Guid> OpenAsync(Guid organizationId, decimal principal, decimal rate, int months, DateOnly firstDueOn)
    {
        var paidOutOn = firstDueOn.AddMonths(-1);
        var terms = new LoanTerms(principal, rate, months, Currency.Get("EUR")) { PayoutDate = paidOutOn, FirstDueDate = firstDueOn };
        if (!LoanQuote.TryOf(terms, out var quote, out _))
        {
            throw new InvalidOperationException("These terms are inside the limits.");
        }
        var offer = new AcceptedOffer
        {
            OfferId = Unique.Id(),
            CustomerId = Unique.Id(),
            OfferedById = Unique.Id(),
            Currency = "EUR",
            AmountOwed = principal,
            FinancedFee = 0,
            DealerFee = 0,
            UpfrontFee = 0,
            MonthlyFee = 0,
            AnnualRatePercent = rate,
            DayCount = DayCount.Thirty360.Name(),
            PlannedPayoutOn = paidOutOn,
            Instalments = [.. quote.Schedule().Select(row => new AcceptedInstalment(row.DueDate, row.Principal, row.Interest))],
            BorrowerKind = BorrowerKind.Consumer,
            IsSecuredByLand = false,
            AcceptedAt = Host.Clock.GetUtcNow(),
            DisbursedOn = null,
        };
        var id = await Host.InModuleAsync(
            organizationId,
            async services =>
            {
                var db = services.GetRequiredService<ServicingDbContext>();
                var account = LoanAccount.Open(offer, Host.Clock.GetUtcNow());
                db.AddRange(account, new LoanStanding(account));
                await db.SaveChangesAsync();
                return account.Id;
            }
        );
        var tranche = new EventDocument
        {
            Type = EventDocument.Tranche,
            On = paidOutOn,
            Amount = principal,
        };
        await RecordAsync(organizationId, id, tranche);
        return id;
    }

    public async Task RecordAsync(Guid organizationId, Guid accountId, EventDocument document)
    {
        var outcome = await Host.InModuleAsync(
            organizationId,
            services => services.GetRequiredService<LoanRecorder>().RecordAsync(accountId, null, document, CancellationToken.None)
        );
        if (outcome is not { Error: null, State: not null })
        {
            throw new InvalidOperationException($"{document.Type} was refused: {outcome.Error?.Code}");
        }
    }

    /// <summary>What something takes: the time, and how long processors worked for it, of this process and PostgreSQL together.</summary>
    public async Task<Cost> MeasureAsync(Func<Task> work)
    {
        var (all, database) = (Processes.ProcessorTimeOfTree(Environment.ProcessId), DatabaseTime());
        var start = Stopwatch.GetTimestamp();
        await work();
        return new(
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (Processes.ProcessorTimeOfTree(Environment.ProcessId) - all).TotalSeconds,
            (DatabaseTime() - database).TotalSeconds
        );

        TimeSpan DatabaseTime() => Processes.ProcessorTimeOfTree(Processes.PostmasterOf(server));
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken ct)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>As a database is some minutes later: nothing of what was filled is left to be done while something is measured.</summary>
    public async Task SettleDownAsync(CancellationToken ct)
    {
        await ExecuteAsync("VACUUM ANALYZE", ct);
        await ExecuteAsync("CHECKPOINT", ct);
    }

    public async ValueTask DisposeAsync()
    {
        await using (server)
        {
            await Database.DisposeAsync();
            await Host.DisposeAsync();
        }
    }

    /// <summary>Neighbours whom nothing here asks.</summary>
    private sealed class Nothing : IAcceptedOffers, ICustomerDirectory, IMessageSenders
    {
        public Task<AcceptedOffer?> FindAsync(Guid offerId, CancellationToken ct) => Task.FromResult<AcceptedOffer?>(null);

        public Task<IReadOnlySet<Guid>> HoldPayableAsync(IReadOnlyCollection<Guid> offerIds, CancellationToken ct) =>
            Task.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());

        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) => Task.FromResult<CustomerSummary?>(null);

        public Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct) =>
            Task.FromResult(new MessageSender("Lender", "de", "Europe/Berlin"));
    }
}
