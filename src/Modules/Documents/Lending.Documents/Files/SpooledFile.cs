using System.Security.Cryptography;

namespace Lending.Documents.Files;

/// <summary>
/// A file that is just arriving: written encrypted as it comes, hashed and measured, and gone again unless somebody keeps it. Of what it says only its
/// beginning and its end are in memory.
/// </summary>
internal sealed class SpooledFile : IAsyncDisposable
{
    /// <summary>So much of the beginning is kept in memory: where programs look for what a file is.</summary>
    public const int HeadBytes = 1024;

    /// <summary>So much of the end: where a ZIP archive says that it is one, with the longest comment.</summary>
    public const int TailBytes = ushort.MaxValue + 22;

    private readonly string path;
    private readonly FileStream output;
    private readonly AesGcm cipher;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] plain = new byte[FileCipher.ChunkBytes];
    private readonly byte[] stored = new byte[FileCipher.StoredChunkBytes];
    private readonly byte[] tail = new byte[TailBytes];
    private int filled;
    private long chunk;

    private SpooledFile(Guid id, string path)
    {
        (Id, Key, this.path) = (id, FileCipher.NewKey(), path);
        cipher = FileCipher.Open(Key);
        output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
    }

    /// <summary>The id under which it is encrypted and kept.</summary>
    public Guid Id { get; }

    /// <summary>Its key, a secret.</summary>
    public string Key { get; }

    /// <summary>How many bytes came so far.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The beginning.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>The end.</summary>
    public ReadOnlySpan<byte> Tail => tail.AsSpan(TailBytes - (int)Math.Min(SizeBytes, TailBytes));

    /// <summary>The hash of all that came; there when it is finished.</summary>
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>Begins one in the folder.</summary>
    public static SpooledFile Begin(string folder, Guid id)
    {
        var incoming = IncomingOf(folder);
        Directory.CreateDirectory(incoming);
        return new SpooledFile(id, Path.Combine(incoming, id.ToString("N")));
    }

    /// <summary>Takes the next bytes.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        hash.AppendData(bytes.Span);
        if (Head.Length < HeadBytes)
        {
            Head = [.. Head, .. bytes.Span[..Math.Min(bytes.Length, HeadBytes - Head.Length)]];
        }
        KeepTail(bytes.Span);
        SizeBytes += bytes.Length;
        while (bytes.Length > 0)
        {
            // Whether a chunk is the last one is known when more comes.
            if (filled == FileCipher.ChunkBytes)
            {
                await FlushChunkAsync(isLast: false, ct);
            }
            var count = Math.Min(bytes.Length, FileCipher.ChunkBytes - filled);
            bytes[..count].CopyTo(plain.AsMemory(filled));
            filled += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Nothing more comes.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        await FlushChunkAsync(isLast: true, ct);
        output.Flush(flushToDisk: true);
        await output.DisposeAsync();
        Sha256 = hash.GetHashAndReset();
    }

    /// <summary>What came, decrypted.</summary>
    public DecryptingStream Open() =>
        new(
            Id,
            Key,
            SizeBytes,
            (from, _) =>
            {
                var file = OpenForReading(path);
                file.Position = from;
                return Task.FromResult<Stream>(file);
            }
        );

    /// <summary>Gives it to the store.</summary>
    public Task KeepInAsync(IFileStore store, CancellationToken ct) => store.KeepAsync(Id, path, ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        cipher.Dispose();
        hash.Dispose();
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>A stored file, encrypted as it is.</summary>
    public static FileStream OpenForReading(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous);

    /// <summary>Deletes what hosts have left that died while it came. Nobody has its keys.</summary>
    public static void DeleteLeftOver(string folder, DateTimeOffset before)
    {
        var incoming = new DirectoryInfo(IncomingOf(folder));
        foreach (var file in incoming.Exists ? incoming.GetFiles() : [])
        {
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
            }
        }
    }

    private static string IncomingOf(string folder) => Path.Combine(folder, "incoming");

    private async Task FlushChunkAsync(bool isLast, CancellationToken ct)
    {
        FileCipher.Encrypt(cipher, Id, chunk++, isLast, plain.AsSpan(0, filled), stored);
        await output.WriteAsync(stored.AsMemory(0, filled + FileCipher.TagBytes), ct);
        filled = 0;
    }

    private void KeepTail(ReadOnlySpan<byte> bytes)
    {
        var last = bytes[Math.Max(0, bytes.Length - TailBytes)..];
        tail.AsSpan(last.Length).CopyTo(tail);
        last.CopyTo(tail.AsSpan(TailBytes - last.Length));
    }
}
