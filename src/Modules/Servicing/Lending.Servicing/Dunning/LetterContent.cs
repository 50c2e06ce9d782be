using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Dunning;

/// <summary>
/// A letter as it was written, with its words: it is drawn from this alone, so a new wording changes no old letter. Members keep their names: letters are
/// read with them for as long as they are kept.
/// </summary>
internal sealed record LetterContent
{
    public required string Language { get; init; }

    /// <summary>Who writes: the name, and in further lines what is known of where and how the lender is reached.</summary>
    public required string Lender { get; init; }

    public required string CustomerName { get; init; }

    public required string CustomerAddress { get; init; }

    public required Guid LoanAccountId { get; init; }

    public required DateOnly WrittenOn { get; init; }

    public required string Currency { get; init; }

    public required string Title { get; init; }

    public required string Salutation { get; init; }

    /// <summary>What is demanded, and by when.</summary>
    public required string Demand { get; init; }

    /// <summary>What follows otherwise.</summary>
    public required string Consequence { get; init; }

    /// <summary>Whom to ask, and where to find help.</summary>
    public required string Help { get; init; }

    /// <summary>What is demanded, row by row.</summary>
    public required IReadOnlyList<LetterRow> Rows { get; init; }

    /// <summary>All of it.</summary>
    public required decimal Total { get; init; }

    public static LetterContent Parse(string json) => JsonSerializer.Deserialize<LetterContent>(json, StoredJson.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);

    /// <summary>The SHA-256 of the JSON.</summary>
    public static byte[] Hash(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(json));
}

/// <summary>A row of a letter.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Amount">How much.</param>
internal sealed record LetterRow(string Text, decimal Amount);
