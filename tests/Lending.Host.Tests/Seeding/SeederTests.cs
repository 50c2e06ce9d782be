using System.Security.Cryptography;
using System.Text;
using Lending.Seeding;
using Lending.Testing;

namespace Lending.Host.Tests.Seeding;

/// <summary>Seeding as a whole: once, all or nothing, the same for a seed, and gone without a trace.</summary>
public sealed class SeederTests
{
    private static readonly SeedOptions Options = new()
    {
        Organizations = 2,
        Installers = 5,
        Customers = 60,
        Offers = 400,
        LoanAccounts = 100,
        // So far away that no deadline is over: the job of an API that runs leaves the rows as they are.
        Until = new DateOnly(2090, 1, 1),
    };

    private static readonly string FingerprintFile = Path.Combine(AppContext.BaseDirectory, "Seeding", "seed-42.sha256");

    // The rows that migrating makes have their times and keys from the clock.
    private const string UntouchedByLogins = "to_jsonb(r) ->> 'access_version' IS NULL AND to_jsonb(r) ->> 'failures_expire_at' IS NULL";

    private const string Seeded = """
        to_jsonb(r) ->> 'organization_id' IN (SELECT id::text FROM seeding.organizations)
        OR to_jsonb(r) ->> 'id' IN (SELECT id::text FROM seeding.organizations)
        """;

    [Fact]
    public async Task The_same_seed_makes_the_same_rows_in_another_database_and_another_seed_makes_others()
    {
        var one = await ContentsAsync(Options);
        var same = await ContentsAsync(Options);
        var other = await ContentsAsync(Options with { Seed = 43 });

        same.ShouldBe(one);
        foreach (
            var table in (string[])
                [
                    "identity.organizations",
                    "identity.users",
                    "customers.customers",
                    "loans.offers",
                    "loans.offer_transitions",
                    "loans.offer_acceptances",
                    "loans.offer_versions",
                    "loans.offer_views",
                    "loans.offer_links",
                    "loans.offer_comments",
                    "loans.products",
                    "loans.product_versions",
                    "servicing.loan_accounts",
                    "servicing.loan_events",
                    "servicing.journal_entries",
                    "servicing.journal_lines",
                    "payments.creditors",
                    "payments.payment_references",
                ]
        )
        {
            one[table].ShouldNotBeEmpty(table);
            other[table].Split('\n').Intersect(one[table].Split('\n')).ShouldBeEmpty(table);
        }
        // Nor does another machine, day, time zone database or version of a library change them: then this seed means something else, which is to be told.
        var fingerprint = await File.ReadAllLinesAsync(FingerprintFile);
        one.Select(table => $"{Hash(table.Value)}  {table.Key}").ShouldBe(fingerprint);

        static string Hash(string rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rows)));
    }

    [Theory]
    [InlineData(SeedLocale.De, "DE", "EUR")]
    [InlineData(SeedLocale.En, "US", "USD")]
    public async Task All_people_and_organisations_are_of_the_language_that_was_asked_for(
        SeedLocale locale,
        string country,
        string currency
    )
    {
        await using var database = await SeedDatabase.CreateAsync();

        await database.SeedAsync(Options with { Locale = locale });

        (await database.ReadAsync<string[]>("SELECT array_agg(DISTINCT country) FROM customers.customers")).ShouldBe([country]);
        (await database.ReadAsync<string[]>("SELECT array_agg(DISTINCT currency) FROM loans.offers")).ShouldBe([currency]);
        (await database.ReadAsync<string[]>("SELECT array_agg(DISTINCT name) FROM loans.products")).ShouldContain(
            locale == SeedLocale.En ? "Solar panels" : "Solaranlage"
        );
    }

    [Fact]
    public async Task Everything_happened_in_the_three_years_before_the_day_whatever_the_clock_says()
    {
        await using var database = await SeedDatabase.CreateAsync();
        await database.SeedAsync(Options with { Until = new DateOnly(2020, 2, 29) });

        foreach (var table in (string[])["customers.customers", "loans.offers"])
        {
            (
                await database.ReadAsync<bool>(
                    $"SELECT min(created_at) BETWEEN '2017-02-28' AND '2017-10-01' AND max(updated_at) BETWEEN '2020-01-01' AND '2020-02-29' FROM {table}"
                )
            ).ShouldBeTrue(table);
        }
    }

    [Fact]
    public async Task Nearly_half_of_all_offers_end_as_loans_and_nothing_waits_for_longer_than_it_may()
    {
        await using var database = await SeedDatabase.CreateAsync();
        await database.SeedAsync(Options with { Offers = 4000 });

        foreach (
            var (status, least, most) in ((string, int, int)[])
                [
                    ("DISBURSED", 40, 50),
                    ("DECLINED", 10, 20),
                    ("EXPIRED", 8, 16),
                    ("REJECTED", 7, 15),
                    ("CANCELLED", 5, 12),
                    ("WITHDRAWN", 1, 5),
                    ("PENDING", 0, 3),
                    ("APPROVED", 1, 5),
                    ("ACCEPTED", 1, 5),
                ]
        )
        {
            (await database.ReadAsync<long>($"SELECT count(*) * 100 / 4000 FROM loans.offers WHERE status = '{status}'")).ShouldBeInRange(
                least,
                most,
                status
            );
        }
        // Decided after three weeks at most, answered 30 days later, paid out 14 + 20 days after that.
        foreach (var (status, days) in ((string, int)[])[("PENDING", 21), ("APPROVED", 55), ("ACCEPTED", 90)])
        {
            (
                await database.ReadAsync<bool>(
                    $"SELECT min(created_at) > '2090-01-01Z'::timestamptz - interval '{days} days' FROM loans.offers WHERE status = '{status}'"
                )
            ).ShouldBeTrue(status);
        }
    }

    [Fact]
    public async Task The_numbers_are_totals_that_organisations_share()
    {
        await using var database = await SeedDatabase.CreateAsync();

        var seeded = await database.SeedAsync(Options);

        seeded.Counts["organisations"].ShouldBe(2);
        seeded.Counts["installers"].ShouldBe(5);
        seeded.Counts["customers"].ShouldBe(60);
        seeded.Counts.Where(count => count.Key.StartsWith("loan offers", StringComparison.Ordinal)).Sum(count => count.Value).ShouldBe(400);
        (await database.ReadAsync<long>("SELECT count(*) FROM loans.offers")).ShouldBe(400);
        seeded
            .Counts.Where(count => count.Key.StartsWith("loan accounts", StringComparison.Ordinal))
            .Sum(count => count.Value)
            .ShouldBe(100);
        (
            await database.ReadAsync<string>(
                "SELECT string_agg(n::text, ' ') FROM (SELECT count(*) n FROM customers.customers GROUP BY organization_id) t"
            )
        ).ShouldBe("30 30");
    }

    [Fact]
    public async Task Running_twice_adds_nothing_with_the_same_options_or_others()
    {
        await using var database = await SeedDatabase.CreateAsync();
        (await database.SeedAsync(Options)).IsNew.ShouldBeTrue();
        var before = await database.ReadAllAsync();

        foreach (var options in (SeedOptions[])[Options, Options with { Seed = 7, Customers = 3, Offers = 9 }])
        {
            var again = await database.SeedAsync(options);

            again.IsNew.ShouldBeFalse();
            again.Plan.Options.ShouldBe(Options);
            again.Plan.Accounts.Count.ShouldBe(4);
            (await database.ReadAllAsync()).ShouldBe(before);
        }
    }

    [Fact]
    public async Task Two_at_once_seed_once()
    {
        await using var database = await SeedDatabase.CreateAsync();

        var both = await Task.WhenAll(database.SeedAsync(Options), database.SeedAsync(Options));

        both.Count(result => result.IsNew).ShouldBe(1);
        (await database.ReadAsync<long>("SELECT count(*) FROM loans.offers")).ShouldBe(400);
    }

    [Fact]
    public async Task Emptying_leaves_every_other_row_as_it_was_and_seeding_anew_makes_the_same()
    {
        await using var database = await SeedDatabase.CreateAsync(listens: true);
        using var administrator = await database.LogInAsync(SeedDatabase.AdministratorUsername, World.Password);
        var ownCustomer = await World.CreateCustomerAsync(administrator);
        await World.CreateOfferAsync(administrator, ownCustomer);
        var before = await database.ReadAllAsync(UntouchedByLogins);
        var seeded = await database.SeedAsync(Options);
        var contents = await database.ReadAllAsync(Seeded);
        // What people do in a seeded organisation goes with it.
        using (var installer = await database.LogInAsync(seeded.Plan.Accounts[0].Username, seeded.Plan.Accounts[0].Password))
        {
            await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        }

        (await database.Seeder.EmptyAsync(CancellationToken.None)).ShouldBeGreaterThan(seeded.RowCount);

        (await database.ReadAllAsync(UntouchedByLogins)).ShouldBe(before);
        (await database.ReadAsync<long>("SELECT count(*) FROM identity.users")).ShouldBe(2);
        (await database.Seeder.EmptyAsync(CancellationToken.None)).ShouldBe(0);
        await database.SeedAsync(Options);
        (await database.ReadAllAsync(Seeded)).ShouldBe(contents);
    }

    [Theory]
    [InlineData("loan offers")]
    [InlineData("loan accounts")]
    [InlineData(DroppedDuringCopy.Indexes)]
    [InlineData(DroppedDuringCopy.ForeignKeys)]
    public async Task A_failure_half_way_leaves_nothing(string kind)
    {
        await using var database = await SeedDatabase.CreateAsync();
        var before = await database.ReadAllAsync();
        var structure = await database.ReadStructureAsync();

        await Should.ThrowAsync<InvalidTimeZoneException>(() => database.SeedAsync(Options, new FailsAt(kind)));

        (await database.ReadAllAsync()).ShouldBe(before);
        (await database.ReadStructureAsync()).ShouldBe(structure);
        (await database.SeedAsync(Options)).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Kill_9_half_way_leaves_nothing()
    {
        await using var database = await SeedDatabase.CreateAsync();
        var before = await database.ReadAllAsync();
        var structure = await database.ReadStructureAsync();
        await using (
            var seeding = LendingProcess.Start(
                ["seed", "--customers", "2000", "--offers", "300000"],
                ("ConnectionStrings__Lending", database.ConnectionString)
            )
        )
        {
            await seeding.WaitForAsync("loan offers:");
            seeding.Kill();
        }

        // It waits until PostgreSQL has noticed the death.
        (await database.ReadAsync<long>("SELECT count(*) FROM loans.offers")).ShouldBe(0);
        (await database.ReadStructureAsync()).ShouldBe(structure);
        (await database.SeedAsync(Options)).IsNew.ShouldBeTrue();
        (await database.ReadAsync<long>("SELECT count(*) FROM loans.offers")).ShouldBe(400);
        await database.Seeder.EmptyAsync(CancellationToken.None);
        (await database.ReadAllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_fresh_database_has_its_indexes_and_foreign_keys_made_anew_just_as_they_were()
    {
        await using var database = await SeedDatabase.CreateAsync();
        var before = await database.ReadStructureAsync();
        var kinds = new Kinds();

        await database.SeedAsync(Options, kinds);

        kinds.ShouldContain(DroppedDuringCopy.Indexes);
        kinds.ShouldContain(DroppedDuringCopy.ForeignKeys);
        (await database.ReadStructureAsync()).ShouldBe(before);
        (await database.ReadAsync<bool>("SELECT bool_and(indisvalid AND indisready) FROM pg_index")).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_a_fresh_database_empty_tables_are_made_anew_so_that_their_rows_need_no_log()
    {
        await using var database = await SeedDatabase.CreateAsync();
        var (offers, users) = (await FileOfAsync("loans.offers"), await FileOfAsync("identity.users"));

        await database.SeedAsync(Options);

        (await FileOfAsync("loans.offers")).ShouldNotBe(offers);
        // The administrator is in it.
        (await FileOfAsync("identity.users")).ShouldBe(users);
        (await database.ReadAsync<string>("SHOW wal_level")).ShouldBe("minimal");

        Task<uint> FileOfAsync(string table) => database.ReadAsync<uint>($"SELECT pg_relation_filenode('{table}')");
    }

    [Fact]
    public async Task Where_somebody_is_at_work_they_stay_all_the_time()
    {
        await using var database = await SeedDatabase.CreateAsync(listens: true);
        using var administrator = await database.LogInAsync(SeedDatabase.AdministratorUsername, World.Password);
        var before = await database.ReadStructureAsync();
        var kinds = new Kinds();

        await database.SeedAsync(Options, kinds);

        kinds.ShouldContain("loan offers");
        kinds.ShouldNotContain(DroppedDuringCopy.Indexes);
        kinds.ShouldNotContain(DroppedDuringCopy.ForeignKeys);
        (await database.ReadStructureAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(0, 2, 5, 5)]
    [InlineData(3, 2, 5, 5)]
    [InlineData(1, 2, -1, 0)]
    [InlineData(1, 2, 5, -1)]
    [InlineData(2, 2, 1, 5)]
    public async Task Numbers_that_do_not_go_together_are_refused(int organizations, int installers, int customers, int offers)
    {
        var options = new SeedOptions
        {
            Organizations = organizations,
            Installers = installers,
            Customers = customers,
            Offers = offers,
        };

        options.Fault.ShouldNotBeNull();
        await using var database = await SeedDatabase.CreateAsync();
        await Should.ThrowAsync<ArgumentException>(() => database.SeedAsync(options));
        (await database.ReadAsync<long>("SELECT count(*) FROM identity.organizations")).ShouldBe(1);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(SeedOptions options)
    {
        await using var database = await SeedDatabase.CreateAsync();
        await database.SeedAsync(options);
        return await database.ReadAllAsync(Seeded);
    }

    private sealed class Kinds : List<string>, IProgress<SeedProgress>
    {
        public void Report(SeedProgress value) => Add(value.Kind);
    }

    private sealed class FailsAt(string kind) : IProgress<SeedProgress>
    {
        public void Report(SeedProgress value)
        {
            if (value.Kind == kind)
            {
                throw new InvalidTimeZoneException("half way");
            }
        }
    }
}
