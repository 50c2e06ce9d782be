using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Audit.Seals;

/// <summary>Entries of the audit log, in their order, as they were when this was made; it names the seal before it and is signed.</summary>
[NotAudited("It tells of the audit log itself.")]
internal sealed record Seal : IAppendOnly
{
    /// <summary>1, 2, 3 …</summary>
    public required long Number { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    [NotPersonal]
    public required Guid[] EntryIds { get; init; }

    /// <summary>The hashes of the entries, 32 bytes each.</summary>
    [NotPersonal]
    public required byte[] EntryHashes { get; init; }

    /// <summary>Where it ends: every entry up to there is in this seal or in one before it.</summary>
    public required long LastTransaction { get; init; }

    /// <inheritdoc cref="LastTransaction"/>
    public required Guid LastEntryId { get; init; }

    [NotPersonal]
    public required byte[] PreviousHash { get; init; }

    /// <summary>
    /// Whether whoever made it has held the seal before it for right, by a key that was configured: only then does its signature say anything of those
    /// before it.
    /// </summary>
    public required bool Vouches { get; init; }

    /// <summary>The hash of all of the above.</summary>
    [NotPersonal]
    public byte[] Hash { get; init; } = [];

    /// <summary>The signing key's id, which is part of what is signed.</summary>
    [NotPersonal]
    public required string KeyId { get; init; }

    /// <summary>The signature of the hash.</summary>
    [NotPersonal]
    public byte[] Signature { get; init; } = [];

    public Position Last => new(LastTransaction, LastEntryId);

    public string Name => $"{Number} {Convert.ToHexStringLower(Hash)}";

    public SignatureState CheckSignature(SealKeys keys) => keys.Check(KeyId, Hash, Signature);

    /// <summary>The hash that belongs to what it says.</summary>
    public byte[] ComputeHash()
    {
        // Each part has a fixed length or is preceded by its length, so that no two seals make the same bytes.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(PreviousHash);
        AppendNumber(Number);
        AppendNumber(SealedAt.UtcTicks);
        AppendNumber(Vouches ? 1 : 0);
        AppendNumber(LastTransaction);
        hash.AppendData(LastEntryId.ToByteArray(bigEndian: true));
        var key = Encoding.UTF8.GetBytes(KeyId);
        AppendNumber(key.Length);
        hash.AppendData(key);
        AppendNumber(EntryIds.Length);
        foreach (var id in EntryIds)
        {
            hash.AppendData(id.ToByteArray(bigEndian: true));
        }
        hash.AppendData(EntryHashes);
        return hash.GetHashAndReset();

        void AppendNumber(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}

/// <summary>
/// The place of an entry in the log: first the transaction that wrote it, then its id. Transactions end in another order than they begin, so an entry is
/// sealed only when every transaction with a lower number has ended.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(long Transaction, Guid EntryId);
