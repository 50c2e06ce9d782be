using System.Security.Cryptography;
using System.Text;
using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Statements;

/// <summary>A file of a bank that was imported.</summary>
internal sealed class BankStatementFile : ITenantOwned, IListed
{
    public const int MaximumMessageIdLength = BankFileReader.MaximumIdCharacters;
    public const int HashLength = 64;

    private BankStatementFile() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public BankFileKind Kind { get; private init; }

    /// <summary>The bank's id of it.</summary>
    [NotPersonal]
    public string MessageId { get; private init; } = "";

    /// <summary>The SHA-256 of its text: the same file is imported once.</summary>
    [NotPersonal]
    public string ContentHash { get; private init; } = "";

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public static BankStatementFile Create(BankFile file, string content, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = file.Kind,
            MessageId = file.MessageId,
            ContentHash = HashOf(content),
            CreatedBy = by,
            CreatedAt = now,
        };

    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
