namespace Lending.Pdf;

/// <summary>The typeface of all documents, read once.</summary>
internal static class InterTypeface
{
    public static readonly TrueTypeFont Regular = Read("Inter-Regular.ttf");

    public static readonly TrueTypeFont Bold = Read("Inter-Bold.ttf");

    private static TrueTypeFont Read(string name)
    {
        using var stream = typeof(InterTypeface).Assembly.GetManifestResourceStream(name)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return new TrueTypeFont(file);
    }
}
