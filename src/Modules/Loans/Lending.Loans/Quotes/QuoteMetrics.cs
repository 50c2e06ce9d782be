using System.Diagnostics.Metrics;

namespace Lending.Loans.Quotes;

/// <summary>What metrics tell of quotes. Where nobody reads them, nothing is measured.</summary>
internal sealed class QuoteMetrics(IMeterFactory meters)
{
    /// <summary>How long computing takes. The time of the whole request is in <c>http.server.request.duration</c>, in steps that are too wide for this.</summary>
    public Histogram<double> Duration { get; } =
        meters
            .Create("Lending.Loans")
            .CreateHistogram(
                "lending.quotes.duration",
                "s",
                "How long it takes to compute a quote, its alternatives included.",
                tags: null,
                new InstrumentAdvice<double>
                {
                    HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
                }
            );
}
