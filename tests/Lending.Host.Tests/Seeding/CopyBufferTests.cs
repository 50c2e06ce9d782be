using Lending.Platform.Seeding;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Seeding;

/// <summary>Values reach PostgreSQL as they were.</summary>
public sealed class CopyBufferTests
{
    private static readonly decimal[] Numbers =
    [
        0m,
        0.00m,
        1m,
        -1m,
        0.1m,
        0.0001m,
        0.00010m,
        9_999m,
        10_000m,
        10_000.0001m,
        -123_456_789.123456m,
        100_000_000m,
        24_500.00m,
        0.0000000000000000000000000001m,
        decimal.MaxValue,
        decimal.MinValue,
        decimal.MaxValue / 1_000_000,
    ];

    [Fact]
    public async Task Numbers_keep_their_value_and_their_decimals()
    {
        var random = new SeedRandom(1, "numbers", 0);
        List<decimal> numbers = [.. Numbers];
        for (var count = 0; count < 2000; count++)
        {
            var (low, middle, high) = ((int)random.Next(), (int)random.Next(), random.Chance(50) ? 0 : (int)random.Next());
            numbers.Add(new decimal(low, middle, high, random.Chance(50), (byte)random.Number(0, 28)));
        }

        // PostgreSQL writes what it has got; it knows no negative zero.
        (await CopyAsync("numeric", numbers, (buffer, number) => buffer.Write(number))).ShouldBe(
            numbers.Select(number => (number == 0 ? Math.Abs(number) : number).ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public async Task Every_other_type_keeps_its_value()
    {
        var id = Unique.Id();
        (await CopyAsync("uuid", [id], (buffer, value) => buffer.Write(value))).ShouldBe([id.ToString()]);
        (await CopyAsync("boolean", [true, false], (buffer, value) => buffer.Write(value))).ShouldBe(["true", "false"]);
        (await CopyAsync("integer", [int.MinValue, -1, 0, 600], (buffer, value) => buffer.Write(value))).ShouldBe([
            "-2147483648",
            "-1",
            "0",
            "600",
        ]);
        (await CopyAsync("bigint", [long.MaxValue], (buffer, value) => buffer.Write(value))).ShouldBe(["9223372036854775807"]);
        (
            await CopyAsync("date", [new DateOnly(1999, 12, 31), new DateOnly(2026, 2, 28)], (buffer, value) => buffer.Write(value))
        ).ShouldBe(["1999-12-31", "2026-02-28"]);
        (
            await CopyAsync(
                "timestamp with time zone",
                [new DateTimeOffset(2026, 11, 1, 13, 30, 5, TimeSpan.FromHours(1)).AddMicroseconds(7), DateTimeOffset.UnixEpoch],
                (buffer, value) => buffer.Write(value)
            )
        ).ShouldBe(["2026-11-01 12:30:05.000007+00", "1970-01-01 00:00:00+00"]);
        (await CopyAsync("bytea", [(byte[])[0, 255]], (buffer, value) => buffer.Write(value))).ShouldBe(["\\x00ff"]);
        var texts = new[] { "", "Jürgen Groß\n€ 𝄞", new string('ä', 500_000) };
        (await CopyAsync("text", texts, (buffer, value) => buffer.Write(value))).ShouldBe(texts);
        (await CopyAsync("jsonb", ["{\"a\":[1,\"ü\"]}"], (buffer, value) => buffer.WriteJsonb(value))).ShouldBe(["{\"a\": [1, \"ü\"]}"]);
        (await CopyAsync("text", ["nothing"], (buffer, _) => buffer.WriteNull())).ShouldBe([null]);
    }

    private static async Task<List<string?>> CopyAsync<T>(string type, IReadOnlyCollection<T> values, Action<CopyBuffer, T> write)
    {
        using var rows = new CopyBuffer();
        var number = 0;
        foreach (var value in values)
        {
            rows.StartRow(2);
            rows.Write(number++);
            write(rows, value);
        }
        rows.RowCount.ShouldBe(values.Count);
        await using var dataSource = NpgsqlDataSource.Create(await TestDatabase.CreateAsync($"copy_{Unique.Text()}"));
        await using var connection = await dataSource.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand($"CREATE TABLE copied (number integer, value {type})", connection))
        {
            await create.ExecuteNonQueryAsync();
        }
        await using (var copy = await connection.BeginRawBinaryCopyAsync("COPY copied FROM STDIN (FORMAT BINARY)"))
        {
            await copy.WriteAsync(rows.Finish());
        }
        var texts = new List<string?>();
        await using var read = new NpgsqlCommand("SELECT value::text FROM copied ORDER BY number", connection);
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            texts.Add(await reader.IsDBNullAsync(0) ? null : reader.GetString(0));
        }
        return texts;
    }
}
