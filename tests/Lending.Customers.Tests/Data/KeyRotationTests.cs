using System.Net;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Customers.Tests.Data;

/// <summary>A new key takes an old one's place while the API runs.</summary>
public sealed class KeyRotationTests
{
    private static readonly string Second = EncryptionOptions.NewKey();

    [Fact]
    public async Task Rows_are_encrypted_with_the_new_key_read_the_same_and_the_old_key_retires()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        await RotateAsync(host, "first");
        var created = await client.CreateCustomerAsync();
        for (var number = 0; number < 3; number++)
        {
            await client.CreateCustomerAsync();
        }
        await RotateAsync(host, "first");
        var before = await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);

        var rotation = await RotateAsync(host, "second");

        // Somebody with the old key may have written just now.
        (rotation.Rows, rotation.Retired.Count).ShouldBe((4, 0));
        (await CountAsync(host, "second")).ShouldBe(4);
        var after = await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);
        after.Text.ShouldBe(before.Text);
        (await client.CountAsync($"search={created["email"]}")).ShouldBe(1);
        // What was not changed is not written again, so its entity tag stays.
        var tag = after.ETag;
        rotation = await RotateAsync(host, "second");
        (rotation.Rows, string.Join(',', rotation.Retired)).ShouldBe((0, "first"));
        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).ETag.ShouldBe(tag);
    }

    [Fact]
    public async Task Who_writes_meanwhile_loses_nothing()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        var ids = new List<Guid>();
        for (var number = 0; number < 20; number++)
        {
            ids.Add((await client.CreateCustomerAsync()).Id);
        }
        using var stop = new CancellationTokenSource();
        var (rotations, rows) = (0, 0L);
        var rotating = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                rows += (await RotateAsync(host, rotations++ % 2 == 0 ? "first" : "second")).Rows;
            }
        });

        var written = await Task.WhenAll(
            ids.Select(async id =>
            {
                var (phone, again, turns) = ("", 0, 0);
                // They write until keys have changed under them several times, however fast this machine is.
                while (turns < 25 || (Volatile.Read(ref rotations) < 4 && !rotating.IsCompleted))
                {
                    phone = $"+4971112{turns % 10_000:0000}";
                    turns++;
                    while (
                        (await client.SendAsync("PATCH", $"/customers/{id}", new { phoneNumber = phone })) is var answer
                        && answer.Status != HttpStatusCode.OK
                    )
                    {
                        answer.ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
                        again++;
                    }
                    (await client.GetAsync($"/customers/{id}", HttpStatusCode.OK))["phoneNumber"].ShouldBe(phone);
                }
                return (Phone: phone, Again: again, Turns: turns);
            })
        );
        await stop.CancelAsync();
        await rotating;
        await RotateAsync(host, "second");

        rotations.ShouldBeGreaterThan(2, "it was a race");
        rows.ShouldBeGreaterThan(20);
        written.Sum(one => one.Again).ShouldBeLessThan(written.Sum(one => one.Turns), "most are not refused");
        (await CountAsync(host, "second")).ShouldBe(20);
        foreach (var same in written.CountBy(one => one.Phone))
        {
            (await client.CountAsync($"search={Uri.EscapeDataString(same.Key)}")).ShouldBe(same.Value);
        }
    }

    [Fact]
    public async Task A_row_that_somebody_holds_is_waited_for_and_holds_nobody_else_up()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        var held = await client.CreateCustomerAsync();
        await client.CreateCustomerAsync();
        await RotateAsync(host, "first");
        await using var connection = await host.Services.GetRequiredService<OwnerDatabase>().DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand($"UPDATE customers.customers SET city = 'Bonn' WHERE id = '{held.Id}'", connection);
        await hold.ExecuteNonQueryAsync(Cancellation);

        var rotation = RotateAsync(host, "second");
        while (await CountAsync(host, "second") == 0)
        {
            await Task.Delay(20, Cancellation);
        }
        rotation.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Cancellation);

        (await rotation).Rows.ShouldBe(2);
        var after = await client.GetAsync($"/customers/{held.Id}", HttpStatusCode.OK);
        (after["city"], after["phoneNumber"]).ShouldBe(("Bonn", held["phoneNumber"]));
    }

    [Fact]
    public async Task A_search_for_rows_that_takes_longer_than_other_commands_may_goes_on()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        await client.CreateCustomerAsync();
        await using var hasty = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(TestDatabase.ApiOf(host.Database.ConnectionString)) { CommandTimeout = 4 }
        );
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand("LOCK TABLE customers.customers IN ACCESS EXCLUSIVE MODE", connection);
        await hold.ExecuteNonQueryAsync(Cancellation);
        var ring = RingOf("first", ("first", TestKeys.First), ("second", Second));
        var rows = ActivatorUtilities.CreateInstance<EncryptedRows>(host.Services, hasty, ring, new KeysInUse(hasty, ring));

        var rotation = rows.RotateAsync(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(6), Cancellation);
        await transaction.CommitAsync(Cancellation);

        (await rotation).Rows.ShouldBe(1);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_stays_as_it_is_and_stops_no_other()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        var broken = await client.CreateCustomerAsync();
        await client.CreateCustomerAsync();
        await RotateAsync(host, "first");
        await using var move = host.Database.CreateCommand(
            $"""
            UPDATE customers.customers SET phone_number = (SELECT phone_number FROM customers.customers WHERE id <> '{broken.Id}')
            WHERE id = '{broken.Id}'
            """
        );
        await move.ExecuteNonQueryAsync(Cancellation);

        var rotation = await RotateAsync(host, "second");

        (rotation.Rows, rotation.Unreadable).ShouldBe((1, 1));
        (await CountAsync(host, "second")).ShouldBe(1);
        rotation = await RotateAsync(host, "second");
        (rotation.Rows, rotation.Unreadable, rotation.Retired.Count).ShouldBe((0, 1, 0));
        (await NotedAsync(host)).ShouldContain("first");
    }

    [Fact]
    public async Task A_key_that_was_forgotten_while_an_instance_writes_with_it_is_noted_again()
    {
        await using var host = await StartAsync();

        // Run with the settings of before, while the host has the new key already.
        (await RotateAsync(host, "first"))
            .Retired.ShouldHaveSingleItem()
            .ShouldBe("second");
        (await NotedAsync(host)).ShouldBe(",first");

        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        (await host.Services.GetRequiredService<KeysInUse>().FindObstacleAsync(database, Cancellation)).ShouldBeNull();
        (await NotedAsync(host)).ShouldBe(",first,second");
    }

    [Fact]
    public async Task Of_two_with_different_keys_of_one_name_one_is_refused_however_close_they_are()
    {
        await using var host = await StartAsync();
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var rings = Enumerable.Range(0, 2).Select(_ => RingOf("first", ("first", EncryptionOptions.NewKey()))).ToList();
        for (var time = 0; time < 20; time++)
        {
            await using var forget = database.CreateCommand("DELETE FROM encryption.keys");
            await forget.ExecuteNonQueryAsync(Cancellation);

            var obstacles = await Task.WhenAll(
                rings.Select(ring => Task.Run(() => new KeysInUse(database, ring).FindObstacleAsync(database, Cancellation)))
            );

            obstacles.Count(obstacle => obstacle is null).ShouldBe(1);
            obstacles.Single(obstacle => obstacle is not null).ShouldStartWith("Encryption__Keys__first is another key");
        }
    }

    [Fact]
    public async Task Who_is_refused_leaves_no_note_of_its_keys()
    {
        await using var host = await StartAsync();
        var other = RingOf("third", ("third", EncryptionOptions.NewKey()));

        await Should.ThrowAsync<InvalidOperationException>(() => RowsWith(host, other).RotateAsync(Cancellation));

        (await NotedAsync(host)).ShouldBe(",second");
    }

    [Fact]
    public async Task Without_a_key_that_something_is_encrypted_with_it_does_not_begin()
    {
        await using var host = await StartAsync();
        using var client = host.ClientFor(Persons.Installer(Unique.Id()));
        await client.CreateCustomerAsync();
        var other = RingOf("third", ("third", EncryptionOptions.NewKey()));

        (await Should.ThrowAsync<InvalidOperationException>(() => RowsWith(host, other).RotateAsync(Cancellation))).Message.ShouldContain(
            "Encryption__Keys__second is missing"
        );
        (await CountAsync(host, "second")).ShouldBe(1);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<ModuleHost> StartAsync() =>
        CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Encryption:Keys:second"] = Second,
                ["Encryption:ActiveKey"] = "second",
            }
        );

    private static Task<EncryptedRows.Rotation> RotateAsync(ModuleHost host, string active) =>
        RowsWith(host, RingOf(active, ("first", TestKeys.First), ("second", Second))).RotateAsync(Cancellation);

    private static KeyRing RingOf(string active, params (string Name, string Key)[] keys)
    {
        var options = new EncryptionOptions { ActiveKey = active, SearchKey = TestKeys.Search };
        foreach (var (name, key) in keys)
        {
            options.Keys.Add(name, key);
        }
        return new KeyRing(Options.Create(options));
    }

    private static async Task<string> NotedAsync(ModuleHost host)
    {
        await using var names = host
            .Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("SELECT string_agg(name, ',' ORDER BY name) FROM encryption.keys");
        return (string)(await names.ExecuteScalarAsync(Cancellation))!;
    }

    private static EncryptedRows RowsWith(ModuleHost host, KeyRing ring) =>
        ActivatorUtilities.CreateInstance<EncryptedRows>(
            host.Services,
            ring,
            new KeysInUse(host.Services.GetRequiredService<NpgsqlDataSource>(), ring)
        );

    private static async Task<long> CountAsync(ModuleHost host, string key)
    {
        await using var count = host
            .Services.GetRequiredService<OwnerDatabase>()
            .DataSource.CreateCommand(
                $"""
                SELECT count(*) FROM customers.customers WHERE '{key}' = ALL (SELECT encode(substring(c FROM 3 FOR get_byte(c, 1)), 'escape')
                    FROM unnest(ARRAY[email, phone_number, address_line1]) c)
                """
            );
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }
}
