using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lending.Loans.Data;

/// <summary>States are stored as the API writes them: PENDING.</summary>
internal static class StatusColumn
{
    private static readonly Dictionary<string, OfferStatus> ByText = Enum.GetValues<OfferStatus>()
        .ToDictionary(TextOf, StringComparer.Ordinal);

    private static readonly ValueConverter<OfferStatus, string> Converter = new(status => TextOf(status), text => Parse(text));

    /// <summary>The state as it is stored.</summary>
    public static string TextOf(OfferStatus status) => status.ToString().ToUpperInvariant();

    /// <summary>The state that is stored so.</summary>
    public static OfferStatus Parse(string text) => ByText[text];

    /// <summary>The state as SQL writes it.</summary>
    public static string Literal(OfferStatus status) => $"'{TextOf(status)}'";

    public static void IsStatus<T>(this PropertyBuilder<T> property) => property.HasConversion(Converter);
}
