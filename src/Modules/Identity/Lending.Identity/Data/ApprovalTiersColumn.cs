using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Identity.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

/// <summary>Approval tiers are stored as the API writes them: a JSON array of at most ten small objects, read and written as a whole.</summary>
internal static class ApprovalTiersColumn
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly ValueComparer<IReadOnlyList<ApprovalTier>> Comparer = new(
        (left, right) => left!.SequenceEqual(right!),
        tiers => tiers.Aggregate(0, (hash, tier) => HashCode.Combine(hash, tier)),
        tiers => tiers
    );

    /// <summary>The default, as SQL writes it.</summary>
    public static string DefaultSql => $"'{JsonSerializer.Serialize(ApprovalTier.Default, Json)}'";

    public static PropertyBuilder<IReadOnlyList<ApprovalTier>> AreApprovalTiers(
        this PropertyBuilder<IReadOnlyList<ApprovalTier>> property
    ) => property.HasColumnType("jsonb").HasConversion(tiers => JsonSerializer.Serialize(tiers, Json), text => Read(text), Comparer);

    // A comparison with a missing member is NULL, and a constraint lets NULL pass: hence COALESCE.
    /// <summary>The constraint that a column of this name holds tiers.</summary>
    public static string Check(string column) =>
        $$"""
            CASE jsonb_typeof({{column}}) WHEN 'array' THEN
                jsonb_array_length({{column}}) BETWEEN 1 AND 10
                AND COALESCE({{column}} -> -1 -> 'amountUpTo' = 'null', false)
                AND NOT jsonb_path_exists({{column}}, '$[0 to last - 1] ? (!(@.amountUpTo > 0))')
                AND NOT jsonb_path_exists(
                    {{column}},
                    '$[*] ? (!(@.approver == "installer" || @.approver == "second-person" || @.approver == "underwriter"))'
                )
            ELSE false END
            """;

    private static IReadOnlyList<ApprovalTier> Read(string text) => JsonSerializer.Deserialize<IReadOnlyList<ApprovalTier>>(text, Json)!;
}
