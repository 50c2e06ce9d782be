namespace Lending.Servicing.Dunning;

/// <summary>The organisation's levels of dunning, the first one first.</summary>
internal sealed record DunningLevels
{
    /// <summary>One to five levels.</summary>
    public IReadOnlyList<DunningLevel>? Levels { get; init; }
}
