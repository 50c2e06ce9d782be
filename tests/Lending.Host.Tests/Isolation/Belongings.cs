namespace Lending.Host.Tests.Isolation;

/// <summary>The ids and values of one organisation, which nothing that another one gets may hold.</summary>
internal sealed class Belongings(IEnumerable<Guid> ids, IEnumerable<string> values)
{
    private readonly string[] all = [.. ids.SelectMany(id => (string[])[id.ToString(), id.ToString("N")]), .. values];

    public int Count => all.Length;

    /// <summary>Those that stand in what was shown. What the other one has sent itself, it may get back.</summary>
    public IEnumerable<string> FoundIn(string shown, string sent = "") =>
        all.Where(value =>
            shown.Contains(value, StringComparison.OrdinalIgnoreCase) && !sent.Contains(value, StringComparison.OrdinalIgnoreCase)
        );
}
