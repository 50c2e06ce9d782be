using System.Globalization;

namespace Lending.Kernel;

/// <summary>A colour as style sheets write it: <c>#0b5563</c>.</summary>
public sealed record WebColor
{
    /// <summary>How it is written: <c>#</c> and six hexadecimal digits.</summary>
    public const int TextLength = 7;

    /// <summary>The least contrast with which text can be read by almost everybody (WCAG 2.2, 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    private readonly byte red;
    private readonly byte green;
    private readonly byte blue;

    private WebColor(byte red, byte green, byte blue) => (this.red, this.green, this.blue) = (red, green, blue);

    /// <summary>White.</summary>
    public static WebColor White { get; } = new(255, 255, 255);

    /// <summary>Reads a colour; null where it is none.</summary>
    public static WebColor? Find(string? text) =>
        text is ['#', .. var digits]
        && digits.Length == TextLength - 1
        && digits.All(char.IsAsciiHexDigit)
        && int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is var all
            ? new((byte)(all >> 16), (byte)(all >> 8), (byte)all)
            : null;

    /// <summary>The contrast of text in one of two colours on the other (WCAG 2.2): 1 to 21.</summary>
    public double ContrastWith(WebColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>Whether text in it can be read on white, and white text on it.</summary>
    public bool IsReadable => ContrastWith(White) >= LeastContrast;

    /// <summary>The same with a quarter less light, which has more contrast with white.</summary>
    public WebColor Darker => new((byte)(red * 3 / 4), (byte)(green * 3 / 4), (byte)(blue * 3 / 4));

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");

    // Of sRGB, as the guidelines define it.
    private double Luminance => (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

    private static double Linear(byte value)
    {
        var share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
