using System.Text.Json.Serialization;

namespace Lending.Kernel;

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="NextCursor">Give it back as <c>cursor</c> to get the next page; null on the last page.</param>
/// <param name="Total">How many rows match in all; only when <c>includeTotal=true</c> was asked for.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Total = null
);
