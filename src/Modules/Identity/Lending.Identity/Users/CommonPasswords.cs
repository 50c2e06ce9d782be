namespace Lending.Identity.Users;

/// <summary>Knows the passwords that attackers try first, and what people make of them to get past rules.</summary>
internal static class CommonPasswords
{
    private const int ShortestWord = 4;

    private static readonly HashSet<string> _words = Read();

    /// <summary>
    /// Whether this is a common password, one with digits and symbols around it or in place of letters, or one (or a few characters) repeated.
    /// </summary>
    public static bool Contains(string password) => Forms(password).Any(form => _words.Contains(form) || IsRepetition(form));

    /// <summary>Lower case, and letters for the digits and symbols that stand for them.</summary>
    public static string Fold(string text) =>
        string.Create(
            text.Length,
            text,
            (folded, original) =>
            {
                for (var i = 0; i < folded.Length; i++)
                {
                    folded[i] = original[i] switch
                    {
                        '0' => 'o',
                        '1' or '!' or '|' => 'i',
                        '3' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        '8' => 'b',
                        '9' => 'g',
                        var character => char.ToLowerInvariant(character),
                    };
                }
            }
        );

    // Symbols at the front may be letters in disguise ($unshine), digits at the end hardly ever are.
    private static IEnumerable<string> Forms(string text)
    {
        var end = text.Length;
        while (end > 0 && !char.IsLetter(text[end - 1]))
        {
            end--;
        }
        var start = 0;
        while (start < end && !char.IsLetter(text[start]))
        {
            start++;
        }
        yield return Fold(text);
        yield return Fold(text[..end]);
        yield return Fold(text[start..end]);
    }

    private static bool IsRepetition(string text)
    {
        // "abcabc" written twice is found again after three characters: an index within its own length is the length of the part that is
        // repeated.
        var period = text.Length == 0 ? 0 : (text + text).IndexOf(text, 1, StringComparison.Ordinal);
        return period < text.Length && (period <= ShortestWord || _words.Contains(text[..period]));
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(typeof(CommonPasswords), "common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .SelectMany(Forms)
            .Where(word => word.Length >= ShortestWord)
            .ToHashSet(StringComparer.Ordinal);
    }
}
