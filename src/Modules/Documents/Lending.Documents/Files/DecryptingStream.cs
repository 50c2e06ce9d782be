using System.Security.Cryptography;

namespace Lending.Documents.Files;

/// <summary>Reads an encrypted file from any place on, a chunk at a time.</summary>
/// <param name="fileId">The file's id.</param>
/// <param name="key">Its key.</param>
/// <param name="length">How many bytes it has before it is encrypted.</param>
/// <param name="openAsync">Opens what is stored at a place.</param>
internal sealed class DecryptingStream(Guid fileId, string key, long length, Func<long, CancellationToken, Task<Stream>> openAsync) : Stream
{
    private readonly AesGcm cipher = FileCipher.Open(key);
    private readonly byte[] stored = new byte[FileCipher.StoredChunkBytes];
    private readonly byte[] plain = new byte[FileCipher.ChunkBytes];
    private Stream? source;
    private long nextInSource;
    private long loaded = -1;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value is >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.Length == 0)
        {
            return 0;
        }
        var (chunk, from) = Math.DivRem(position, FileCipher.ChunkBytes);
        if (chunk != loaded)
        {
            await LoadAsync(chunk, cancellationToken);
        }
        var count = Math.Min(buffer.Length, FileCipher.LengthOf(chunk, length) - (int)from);
        plain.AsMemory((int)from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Files are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source?.Dispose();
            cipher.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task LoadAsync(long chunk, CancellationToken ct)
    {
        if (source is null || nextInSource != chunk)
        {
            if (source is not null)
            {
                await source.DisposeAsync();
            }
            source = await openAsync(chunk * FileCipher.StoredChunkBytes, ct);
        }
        loaded = -1;
        var count = FileCipher.LengthOf(chunk, length);
        var wanted = stored.AsMemory(0, count + FileCipher.TagBytes);
        await source.ReadExactlyAsync(wanted, ct);
        nextInSource = chunk + 1;
        FileCipher.Decrypt(cipher, fileId, chunk, FileCipher.IsLast(chunk, length), wanted.Span, plain.AsSpan(0, count));
        loaded = chunk;
    }
}
