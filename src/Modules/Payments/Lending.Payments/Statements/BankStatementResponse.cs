using Lending.Payments.Sepa;
using Mapster;

namespace Lending.Payments.Statements;

/// <summary>A file of a bank that was imported.</summary>
internal sealed record BankStatementResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>What it is: camt.053, camt.054 or pain.002.</summary>
    /// <example>STATEMENT</example>
    public required BankFileKind Kind { get; init; }

    /// <summary>The bank's id of it.</summary>
    /// <example>2027-01-04-001</example>
    public required string MessageId { get; init; }

    /// <summary>The SHA-256 of its text.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string ContentHash { get; init; }

    /// <summary>When it was imported.</summary>
    /// <example>2027-01-05T06:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<BankStatementFile, BankStatementResponse>();
    }
}
