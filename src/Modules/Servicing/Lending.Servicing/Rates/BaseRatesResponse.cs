using Lending.Servicing.Books;

namespace Lending.Servicing.Rates;

/// <summary>The base rates of § 247 BGB that are known.</summary>
internal sealed record BaseRatesResponse
{
    /// <summary>The last day for which there is one. On later days there is no default interest and no dunning until the next one is entered.</summary>
    /// <example>2026-12-31</example>
    public required DateOnly KnownUntil { get; init; }

    /// <summary>All of them, the newest first.</summary>
    public required IReadOnlyList<BaseRate> Rates { get; init; }

    public static BaseRatesResponse Of(BaseRates rates) => new() { KnownUntil = rates.All[^1].To, Rates = [.. rates.All.Reverse()] };
}
