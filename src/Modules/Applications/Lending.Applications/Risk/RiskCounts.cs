using Lending.Platform.Persistence;

namespace Lending.Applications.Risk;

/// <summary>What applications before this one have in common with it, and what became of others of who started it.</summary>
/// <param name="Keys">By kind of key; of two keys of a kind, such as two phone numbers, the higher counts.</param>
/// <param name="OfStarter">Applications of the same user.</param>
/// <param name="OfAll">The organisation's.</param>
internal sealed record RiskCounts(IReadOnlyDictionary<RiskKeyKind, KeyCount> Keys, Fates OfStarter, Fates OfAll)
{
    /// <summary>For how many days an application is remembered by what it has in common with others.</summary>
    public const int Days = 30;

    private const string StarterRow = "OF_STARTER";
    private const string AllRow = "OF_ALL";

    private static FormattableString Counts =>
        $"""
            count(*), count(*) FILTER (WHERE application.status = 'DECLINED'), count(*) FILTER (WHERE application.status = 'WITHDRAWN'),
            count(*) FILTER (WHERE risk.is_duplicate), count(*) FILTER (WHERE risk.label = 'FRAUD')
            """;

    // One by one: a plan that joins them reads all that there are.
    private static FormattableString Joined =>
        $"""
            CROSS JOIN LATERAL (SELECT status FROM applications.applications WHERE id = newest.application_id LIMIT 1) AS application
            CROSS JOIN LATERAL (
                SELECT is_duplicate, label FROM applications.risk_assessments WHERE application_id = newest.application_id LIMIT 1
            ) AS risk
            """;

    /// <summary>Counts in one statement. Customers are counted by it whom the caller does not see; nothing of them is shown.</summary>
    public static async Task<RiskCounts> ReadAsync(
        OrganizationSql sql,
        IReadOnlyList<RiskKey> keys,
        Guid[] customerIds,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var kinds = keys.Select(key => EnumText.Of(key.Kind)).ToArray();
        var hashes = keys.Select(key => key.Hash).ToArray();
        var starter = keys.Single(key => key.Kind == RiskKeyKind.Starter).Hash;
        var (hour, day, month) = (now.AddHours(-1), now.AddDays(-1), now.AddDays(-Days));
        // Each count ends somewhere, so that the busiest takes no longer; in the text, so that a plan for any values knows it, too.
        FormattableString statement = $"""
            SELECT key.kind, seen.*
            FROM unnest({kinds}, {hashes}) AS key (kind, hash)
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE at > {hour}), count(*) FILTER (WHERE at > {day}), count(*),
                       count(DISTINCT customer_id) FILTER (WHERE customer_id <> ALL ({customerIds})), 0::bigint
                FROM (
                    SELECT at, customer_id FROM applications.risk_keys
                    WHERE {sql.OfOrganization} AND kind = key.kind AND hash = key.hash AND at > {month}
                    ORDER BY at DESC LIMIT 1000
                ) AS newest
            ) AS seen
            UNION ALL
            SELECT {StarterRow}, {Counts}
            FROM (
                SELECT application_id FROM applications.risk_keys
                WHERE {sql.OfOrganization} AND kind = 'STARTER' AND hash = {starter} AND at > {month}
                ORDER BY at DESC LIMIT 100
            ) AS newest {Joined}
            UNION ALL
            SELECT {AllRow}, {Counts}
            FROM (
                SELECT application_id FROM applications.risk_assessments WHERE {sql.OfOrganization}
                ORDER BY created_at DESC LIMIT 200
            ) AS newest {Joined}
            """;
        var rows = await sql.ReadAsync(
            statement,
            row => (Name: row.GetString(0), Count: (int[])[.. Enumerable.Range(1, 5).Select(column => (int)row.GetInt64(column))]),
            ct
        );
        return new(
            rows.Where(row => row.Name is not (StarterRow or AllRow))
                .GroupBy(row => Enum.Parse<RiskKeyKind>(row.Name, ignoreCase: true), row => row.Count)
                .ToDictionary(
                    kind => kind.Key,
                    kind => new KeyCount(
                        kind.Max(count => count[0]),
                        kind.Max(count => count[1]),
                        kind.Max(count => count[2]),
                        kind.Max(count => count[3])
                    )
                ),
            FatesOf(StarterRow),
            FatesOf(AllRow)
        );

        Fates FatesOf(string name)
        {
            var count = rows.Single(row => row.Name == name).Count;
            return new(count[0], count[1], count[2], count[3], count[4]);
        }
    }
}

/// <summary>How often applications had a key.</summary>
/// <param name="Hour">In an hour.</param>
/// <param name="Day">In a day.</param>
/// <param name="Month">In 30 days.</param>
/// <param name="OtherCustomers">How many customers had it who do not apply now.</param>
internal sealed record KeyCount(int Hour, int Day, int Month, int OtherCustomers);

/// <summary>What became of applications.</summary>
internal sealed record Fates(int Applications, int Declined, int Withdrawn, int Duplicates, int Fraud);
