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

    public static void AreApprovalTiers(this PropertyBuilder<IReadOnlyList<ApprovalTier>> property) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(tiers => JsonSerializer.Serialize(tiers, Json), text => Read(text), Comparer)
            .HasDefaultValueSql($"'{JsonSerializer.Serialize(ApprovalTier.Default, Json)}'");

    private static IReadOnlyList<ApprovalTier> Read(string text) => JsonSerializer.Deserialize<IReadOnlyList<ApprovalTier>>(text, Json)!;
}
