using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Lending.Documents.Tests;

/// <summary>Pictures, and what cameras write into them.</summary>
internal static class ImageFile
{
    /// <summary>A picture of this size, red in its upper left quarter and blue elsewhere.</summary>
    public static byte[] Of(SKEncodedImageFormat format, int width = 64, int height = 32)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2f, height / 2f, red);
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A JPEG picture with a place, a camera, an orientation and a comment.</summary>
    public static byte[] WithMetadata(byte orientation, int width = 64, int height = 32)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. Tiff(orientation)];
        byte[] comment = [.. "Greta's kitchen"u8];
        var jpeg = Of(SKEncodedImageFormat.Jpeg, width, height);
        return [0xFF, 0xD8, .. Segment(0xE1, exif), .. Segment(0xFE, comment), .. jpeg.AsSpan(2)];
    }

    /// <summary>A PNG picture of so many pixels, all black: it is small, and real.</summary>
    public static byte[] HugePng(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (var count = 0; count < height; count++)
            {
                zlib.Write(row);
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        return
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            .. Chunk("IHDR", header),
            .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>A JPEG picture that says that it is of this size.</summary>
    public static byte[] HugeJpeg(ushort width, ushort height)
    {
        var jpeg = Of(SKEncodedImageFormat.Jpeg);
        // The marker of the frame: length, bits, height, width.
        ReadOnlySpan<byte> marker = [0xFF, 0xC0];
        var frame = jpeg.AsSpan().IndexOf(marker);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc32(body));
        return chunk;
    }

    private static uint Crc32(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var one in content)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }
        return ~crc;
    }

    // Two directories: the picture's, with camera, orientation and the place of the other one; and that of the place.
    private static byte[] Tiff(byte orientation)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var camera = "Leica\0"u8;
        const int cameraAt = 8 + 2 + (3 * 12) + 4;
        const int placeAt = cameraAt + 6;
        const int valuesAt = placeAt + 2 + (4 * 12) + 4;
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((short)3);
        Entry(0x010F, 2, camera.Length, cameraAt);
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, placeAt);
        writer.Write(0);
        writer.Write(camera);
        writer.Write((short)4);
        Entry(1, 2, 2, 'N');
        Entry(2, 5, 3, valuesAt);
        Entry(3, 2, 2, 'E');
        Entry(4, 5, 3, valuesAt + 24);
        writer.Write(0);
        foreach (var value in (int[])[52, 1, 31, 1, 12, 1, 13, 1, 24, 1, 17, 1])
        {
            writer.Write(value);
        }
        return file.ToArray();

        void Entry(ushort tag, short type, int count, int value)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }
    }
}
