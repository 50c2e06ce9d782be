using Lending.Kernel;
using SkiaSharp;

namespace Lending.Documents.Checks;

/// <summary>
/// Decodes a picture and encodes it anew, upright: what was in it beside the pixels (places, cameras, comments, what hides behind the end) is gone. What is
/// too big to decode is refused by what the file says of its size.
/// </summary>
internal static class ImageCleaner
{
    /// <summary>The most pixels: 200 MB while it is decoded, and as much again to turn it round.</summary>
    public const long MaximumPixels = 50_000_000;

    private const int Quality = 90;

    /// <summary>The same picture with nothing but its pixels, or why it is refused.</summary>
    public static (byte[]? Clean, Error? Refusal) Clean(FileFormat format, byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != EncodedOf(format))
        {
            return (null, FileErrors.Unreadable);
        }
        if ((long)codec.Info.Width * codec.Info.Height > MaximumPixels)
        {
            return (null, FileErrors.TooManyPixels);
        }
        using var colors = SKColorSpace.CreateSrgb();
        using var bitmap = new SKBitmap();
        if (
            !bitmap.TryAllocPixels(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colors))
            || codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success
        )
        {
            return (null, FileErrors.Unreadable);
        }
        using var upright = Upright(bitmap, codec.EncodedOrigin);
        using var encoded = (upright ?? bitmap).Encode(EncodedOf(format), Quality);
        return encoded is null ? (null, FileErrors.Unreadable) : (encoded.ToArray(), null);
    }

    private static SKEncodedImageFormat EncodedOf(FileFormat format) =>
        format switch
        {
            FileFormat.Jpeg => SKEncodedImageFormat.Jpeg,
            FileFormat.Png => SKEncodedImageFormat.Png,
            _ => SKEncodedImageFormat.Webp,
        };

    /// <summary>The picture as it is meant to be seen; null where it is so already.</summary>
    private static SKBitmap? Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        // What says nothing says no more than the first one.
        if (origin <= SKEncodedOrigin.TopLeft)
        {
            return null;
        }
        var (width, height) = (bitmap.Width, bitmap.Height);
        // Where each pixel of the file goes: x' = a·x + b·y + c and y' = d·x + e·y + f.
        var matrix = origin switch
        {
            SKEncodedOrigin.TopRight => Matrix(-1, 0, width, 0, 1, 0),
            SKEncodedOrigin.BottomRight => Matrix(-1, 0, width, 0, -1, height),
            SKEncodedOrigin.BottomLeft => Matrix(1, 0, 0, 0, -1, height),
            SKEncodedOrigin.LeftTop => Matrix(0, 1, 0, 1, 0, 0),
            SKEncodedOrigin.RightTop => Matrix(0, -1, height, 1, 0, 0),
            SKEncodedOrigin.RightBottom => Matrix(0, -1, height, -1, 0, width),
            _ => Matrix(0, 1, 0, -1, 0, width),
        };
        var isTurned = origin >= SKEncodedOrigin.LeftTop;
        var upright = new SKBitmap(bitmap.Info.WithSize(isTurned ? height : width, isTurned ? width : height));
        using var canvas = new SKCanvas(upright);
        canvas.Clear();
        canvas.SetMatrix(matrix);
        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default);
        return upright;
    }

    private static SKMatrix Matrix(float a, float b, float c, float d, float e, float f) => new(a, b, c, d, e, f, 0, 0, 1);
}
