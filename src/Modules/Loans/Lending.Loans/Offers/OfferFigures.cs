using Lending.Platform.Telemetry;

namespace Lending.Loans.Offers;

/// <summary>What metrics tell of offers.</summary>
internal static class OfferFigures
{
    // An index of lists holds the status, so no row is read.
    public static readonly CountedFigure ByStatus = new(
        "Lending.Loans",
        "lending.offers",
        "{offer}",
        "Offers of all organisations by their status.",
        "SELECT count(*)::float8, status FROM loans.offers WHERE created_at <= $1 GROUP BY status",
        Tag: "status"
    );
}
