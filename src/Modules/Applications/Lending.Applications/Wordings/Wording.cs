using System.Globalization;
using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Lending.Applications.Wordings;

/// <summary>What customers are told of a decision, in one language: plain sentences (C-203/22: concise and intelligible, no formula).</summary>
internal abstract class Wording
{
    private static readonly Wording English = new EnglishWording();
    private static readonly Wording German = new GermanWording();

    /// <summary>All languages.</summary>
    public static IReadOnlyList<Wording> All { get; } = [English, German];

    /// <summary>The language's code.</summary>
    public abstract string Language { get; }

    /// <summary>How it was decided: by rules alone.</summary>
    public abstract string ByRules { get; }

    /// <summary>How it was decided: by a person.</summary>
    public abstract string ByPerson { get; }

    /// <summary>By which procedure and principles the rules decide.</summary>
    public abstract string Procedure { get; }

    /// <summary>What the customer can demand, and how.</summary>
    public abstract string Rights { get; }

    /// <summary>Who helps with debts.</summary>
    public abstract string DebtAdvice { get; }

    /// <summary>The wording in a language; English where it is unknown.</summary>
    public static Wording Of(string language) => All.FirstOrDefault(wording => wording.Language == language) ?? English;

    /// <summary>The wording in the language that a reader likes best of those there are.</summary>
    public static Wording For(string? acceptLanguage) =>
        StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var liked)
            ? liked
                .Where(range => range.Quality != 0)
                .OrderByDescending(range => range.Quality ?? 1)
                .Select(range => range.Value == "*" ? English : All.FirstOrDefault(wording => wording.Matches(range.Value)))
                .FirstOrDefault(wording => wording is not null)
                ?? English
            : English;

    /// <summary>Why it was not approved.</summary>
    public abstract string Reason(string code);

    /// <summary>What would have to be different; null where nothing of the customer's would do.</summary>
    public string? WouldPass(Counterfactual? counterfactual, string currency) =>
        counterfactual is null ? null : WouldPass([.. counterfactual.Changes.Select(change => Change(change, currency))]);

    /// <summary>What a credit bureau was asked about the customer and has answered (Art. 19 (6) of Directive (EU) 2023/2225).</summary>
    public abstract string Bureau(string name, string contact, ScoreInquiry inquiry);

    /// <summary>Where nobody was asked.</summary>
    public abstract string NoBureau { get; }

    protected abstract CultureInfo Culture { get; }

    protected abstract string WouldPass(IReadOnlyList<string> changes);

    protected abstract string Change(CounterfactualChange change, string currency);

    // A range fits a language of its own and of any country.
    private bool Matches(StringSegment range) =>
        range.Equals(Language, StringComparison.OrdinalIgnoreCase) || range.StartsWith($"{Language}-", StringComparison.OrdinalIgnoreCase);

    protected string Number(decimal? value) => value?.ToString("0.##", Culture) ?? "";

    protected string Amount(decimal? value, string currency) => $"{value?.ToString("N2", Culture)} {currency}";
}
