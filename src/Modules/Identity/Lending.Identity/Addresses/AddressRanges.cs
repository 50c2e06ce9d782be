using System.Net;
using FluentValidation;
using Lending.Platform.Http;

namespace Lending.Identity.Addresses;

/// <summary>Where requests may come from: a list of ranges in CIDR notation; an empty one allows every address.</summary>
internal static class AddressRanges
{
    /// <summary>The most ranges of one list.</summary>
    public const int MaximumCount = 50;

    /// <summary>What the database asks of a column of ranges; a text that is none cannot be cast, which refuses it.</summary>
    public static string CheckOf(string column) => $"cardinality({column}) <= {MaximumCount} AND {column}::cidr[] IS NOT NULL";

    /// <summary>The ranges as they are stored.</summary>
    public static List<string> Normalize(IEnumerable<string> ranges) =>
        [.. ranges.Select(text => Parse(text)!.Value.ToString()).Distinct(StringComparer.Ordinal)];

    /// <summary>The ranges of a stored list.</summary>
    public static IPNetwork[] Read(IEnumerable<string> stored) => [.. stored.Select(text => IPNetwork.Parse(text))];

    /// <summary>Whether an address is in one of the ranges, or there are none.</summary>
    public static bool Allow(this IPNetwork[] ranges, IPAddress? address)
    {
        if (ranges.Length == 0)
        {
            return true;
        }
        var plain = address.Unwrapped();
        return plain is not null && Array.Exists(ranges, range => range.Contains(plain));
    }

    /// <summary>A list of ranges in a request.</summary>
    public static void AddressRangesRule<T>(
        this AbstractValidator<T> validator,
        System.Linq.Expressions.Expression<Func<T, IReadOnlyList<string>>> list
    )
    {
        validator
            .RuleFor(list)
            .NotNull()
            .Must(ranges => ranges is null || ranges.Count <= MaximumCount)
            .WithErrorCode("too-many-ranges")
            .WithMessage($"At most {MaximumCount} ranges.");
        validator
            .RuleFor(list)
            .Must(ranges => ranges is null || ranges.All(text => Parse(text) is not null))
            .WithErrorCode("invalid-range")
            .WithMessage("Write each range as in 203.0.113.0/24 or 2001:db8::/32; a single address is one, too.");
    }

    // A single address is the range of itself. Bits behind the prefix count as zero; the answer shows what became of them.
    private static IPNetwork? Parse(string? text)
    {
        if (IPNetwork.TryParse(text, out var range))
        {
            return range;
        }
        return text is not null && !text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }
}
