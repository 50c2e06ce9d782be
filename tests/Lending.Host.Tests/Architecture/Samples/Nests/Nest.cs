using Lending.Host.Tests.Architecture.Samples.Eggs;
using Lending.Host.Tests.Architecture.Samples.Hens;

namespace Lending.Host.Tests.Architecture.Samples.Nests;

/// <summary>Uses both and is used by neither, so it is part of no circle.</summary>
internal sealed class Nest
{
    public Hen? Sitting { get; init; }

    public Egg? Inside { get; init; }
}
