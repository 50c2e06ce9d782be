using System.Globalization;
using Lending.Platform.Telemetry;
using Lending.Servicing.Books;

namespace Lending.Servicing.Rates;

/// <summary>What metrics tell of base rates.</summary>
internal static class BaseRateFigures
{
    /// <summary>The module's meter.</summary>
    public const string Meter = "Lending.Servicing";

    /// <summary>For how many days from now on there is a base rate: below zero, dunning has stopped.</summary>
    public static CountedFigure DaysLeft { get; } =
        new(
            Meter,
            "lending.servicing.base_rate.left",
            "d",
            "Days for which a base rate is known, today not counted; below zero, dunning has stopped.",
            $"""
            SELECT (greatest(DATE '{BaseRates.Germany.All[^1].To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}',
                (SELECT (max("from") + interval '6 months')::date - 1 FROM servicing.base_rates)) - ($1 AT TIME ZONE 'Europe/Berlin')::date)::float8
            """
        );
}
