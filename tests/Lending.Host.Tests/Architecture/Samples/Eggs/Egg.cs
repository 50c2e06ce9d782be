using Lending.Host.Tests.Architecture.Samples.Hens;

namespace Lending.Host.Tests.Architecture.Samples.Eggs;

/// <summary>Names hens as a generic argument only.</summary>
internal sealed class Egg
{
    public IReadOnlyList<Hen> LaidBy { get; } = [];
}
