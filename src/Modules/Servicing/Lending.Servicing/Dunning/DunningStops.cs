using System.Diagnostics.Metrics;
using Lending.Servicing.Rates;

namespace Lending.Servicing.Dunning;

/// <summary>How often dunning stopped because no base rate is known.</summary>
internal sealed class DunningStops(IMeterFactory meters)
{
    private readonly Counter<long> counter = meters
        .Create(BaseRateFigures.Meter)
        .CreateCounter<long>(
            "lending.servicing.dunning.stops",
            "{letter}",
            "Dunning letters that were not written for want of a base rate."
        );

    public void Count() => counter.Add(1);
}
