using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lending.Loans.Data;

/// <summary>States are stored as the API writes them: PENDING.</summary>
internal static class StatusColumn
{
    private static readonly Dictionary<string, OfferStatus> ByText = Enum.GetValues<OfferStatus>()
        .ToDictionary(status => status.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    private static readonly ValueConverter<OfferStatus, string> Converter = new(
        status => status.ToString().ToUpperInvariant(),
        text => ByText[text]
    );

    /// <summary>The state as SQL writes it.</summary>
    public static string Literal(OfferStatus status) => $"'{status.ToString().ToUpperInvariant()}'";

    public static void IsStatus<T>(this PropertyBuilder<T> property) => property.HasConversion(Converter);
}
