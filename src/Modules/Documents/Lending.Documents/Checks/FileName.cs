using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lending.Documents.Checks;

/// <summary>What a file may be called. The name is shown to people and never names a file of ours.</summary>
internal static class FileName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumLength = 200;

    // What parts the names of folders, and what Windows gives a meaning.
    private static readonly SearchValues<char> Refused = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>Whether this is a plain name: no path, no control character, nothing that is not seen or turns the writing round.</summary>
    public static bool IsPlain(string name) =>
        name.Length is > 0 and <= MaximumLength
        && !name.StartsWith('.')
        && !name.AsSpan().ContainsAny(Refused)
        && name == name.Trim()
        && name.EnumerateRunes()
            .All(rune =>
                Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.Surrogate
                        or UnicodeCategory.OtherNotAssigned
                    )
            )
        && !name.Contains('\uFFFD', StringComparison.Ordinal);
}
