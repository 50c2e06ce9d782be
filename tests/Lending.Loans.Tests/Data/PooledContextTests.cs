using System.Data;
using System.Net;
using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests.Data;

/// <summary>Contexts serve one request after another; nothing of one may be seen or written by the next.</summary>
public sealed class PooledContextTests : IAsyncLifetime
{
    // A host of its own: nobody else is at the pool.
    private readonly LoansFixture fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_context_shows_each_organisation_its_own_rows_only()
    {
        var (first, second) = (new Office(fixture), new Office(fixture));
        var (offerOfFirst, offerOfSecond) = (await first.OfferAsync(), await second.OfferAsync());

        var context = await first.BehindTheApiAsync(async (LoansDbContext db) => (db, await IdsAsync(db)));
        var idsOfSecond = await LeaseAgainAsync(second, context.db, IdsAsync);

        context.Item2.ShouldBe([offerOfFirst.Id]);
        idsOfSecond.ShouldBe([offerOfSecond.Id]);
    }

    [Fact]
    public async Task A_context_shows_a_customer_only_their_own_after_it_served_staff()
    {
        var office = new Office(fixture);
        var other = office.AddCustomer();
        await office.OfferAsync();
        var own = await office.OfferAsync(office.Terms(customerId: other.Id));

        (await ListAsync(office.Installer)).Count.ShouldBe(2);
        (await ListAsync(office.ClientOf(other.Id))).ShouldBe([own.Id]);
        (await ListAsync(office.Installer)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_context_brings_nothing_from_the_lease_before()
    {
        var (first, second) = (new Office(fixture), new Office(fixture));
        var offer = await first.OfferAsync();

        var used = await first.BehindTheApiAsync(
            async (LoansDbContext db) =>
            {
                // What a slice that throws in the middle of its work leaves behind.
                await db.Database.OpenConnectionAsync();
                await db.Database.BeginTransactionAsync();
                await db.Offers.ExecuteUpdateAsync(set => set.SetProperty(row => row.Currency, "USD"));
                db.Entry(await db.Offers.SingleAsync()).Property(row => row.TermMonths).CurrentValue = 1;
                db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                db.Database.SetCommandTimeout(1234);
                return db;
            }
        );
        await LeaseAgainAsync(
            second,
            used,
            async db =>
            {
                db.ChangeTracker.Entries().ShouldBeEmpty();
                db.ChangeTracker.QueryTrackingBehavior.ShouldBe(QueryTrackingBehavior.TrackAll);
                db.ChangeTracker.AutoDetectChangesEnabled.ShouldBeTrue();
                db.Database.CurrentTransaction.ShouldBeNull();
                db.Database.GetCommandTimeout().ShouldBeNull();
                await db.SaveChangesAsync();
                (await db.Offers.CountAsync()).ShouldBe(0);
                db.Database.GetDbConnection().State.ShouldBe(ConnectionState.Closed);
                return db;
            }
        );

        var stored = (await first.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Json;
        stored.GetProperty("currency").GetString().ShouldBe("EUR");
        stored.GetProperty("termMonths").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task A_context_joins_the_transaction_around_it_and_leaves_it_with_the_lease()
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync();

        var used = await office.BehindTheApiAsync(
            async (LoansDbContext db, Transactions transactions) =>
            {
                await using (await transactions.BeginAsync(TestContext.Current.CancellationToken))
                {
                    transactions.IsOpen.ShouldBeTrue();
                    await Should.ThrowAsync<InvalidOperationException>(() => transactions.BeginAsync(CancellationToken.None));
                    await db.Offers.ExecuteDeleteAsync();
                    (await IdsAsync(db)).ShouldBeEmpty();
                    // Not committed, so it is rolled back.
                }
                transactions.IsOpen.ShouldBeFalse();
                (await IdsAsync(db)).ShouldBe([offer.Id]);
                return db;
            }
        );

        (await LeaseAgainAsync(office, used, IdsAsync)).ShouldBe([offer.Id]);
        await LeaseAgainAsync(office, used, db => db.Offers.ExecuteDeleteAsync());
        (await office.BehindTheApiAsync((LoansDbContext db) => IdsAsync(db))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_context_whose_lease_is_over_serves_nobody()
    {
        var office = new Office(fixture);
        await office.OfferAsync();
        var returned = await office.BehindTheApiAsync((LoansDbContext db) => Task.FromResult(db));

        await Should.ThrowAsync<ObjectDisposedException>(() => returned.Offers.ToListAsync());

        // Leased by no scope, so without a caller.
        var factory = fixture.Host.Services.GetRequiredService<IDbContextFactory<LoansDbContext>>();
        await using var callerless = Enumerable
            .Range(0, 10)
            .Select(_ => factory.CreateDbContext())
            .First(context => ReferenceEquals(context, returned));
        (await callerless.Offers.ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_organisations_at_once_share_the_pool_without_meeting()
    {
        var offices = Enumerable.Range(0, 8).Select(_ => new Office(fixture)).ToList();
        var ids = new Dictionary<Office, Guid>();
        foreach (var office in offices)
        {
            ids[office] = (await office.OfferAsync()).Id;
        }

        await Parallel.ForEachAsync(
            Enumerable.Repeat(offices, 25).SelectMany(all => all),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
            async (office, _) => (await ListAsync(office.Installer)).ShouldBe([ids[office]])
        );
    }

    // A request ends a little after its answer, so there can be several contexts in the pool.
    private static Task<T> LeaseAgainAsync<T>(Office office, LoansDbContext wanted, Func<LoansDbContext, Task<T>> work, int others = 0)
    {
        others.ShouldBeLessThan(10, "it never came back to the pool");
        return office.BehindTheApiAsync(
            (LoansDbContext db) => ReferenceEquals(db, wanted) ? work(db) : LeaseAgainAsync(office, wanted, work, others + 1)
        );
    }

    private static Task<List<Guid>> IdsAsync(LoansDbContext db) => db.Offers.Select(offer => offer.Id).ToListAsync();

    private static async Task<List<Guid>> ListAsync(HttpClient client) =>
        [
            .. (await client.GetAsync("/loan-offers", HttpStatusCode.OK))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(offer => offer.GetProperty("id").GetGuid()),
        ];
}
