using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lending.Disclosures.Form;

/// <summary>
/// The form with the pre-contractual information (Directive (EU) 2023/2225, annex I), filled in. It is kept and hashed as JSON, so members keep their names
/// and their order; a new member goes to the end and is null for the forms that there are.
/// </summary>
public sealed record PreContractualForm
{
    /// <summary>The number of the JSON's format.</summary>
    public const int FormatVersion = 1;

    /// <summary>The languages that forms are written in.</summary>
    public static readonly IReadOnlyList<string> Languages = [.. FormTexts.All.Keys];

    /// <summary>The language, as in <c>de</c> (BCP 47).</summary>
    /// <example>en</example>
    public required string Language { get; init; }

    /// <summary>What the form is called.</summary>
    /// <example>Standard European Consumer Credit Information</example>
    public required string Title { get; init; }

    /// <summary>What is said of the form itself; left out where nothing is.</summary>
    /// <example>Translation; the wording of the law decides.</example>
    public string? Note { get; init; }

    /// <summary>The offer.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid OfferId { get; init; }

    /// <summary>The number of the offer's version.</summary>
    /// <example>1</example>
    public required int OfferVersion { get; init; }

    /// <summary>The document hash of that version.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string OfferHash { get; init; }

    /// <summary>The day on which it was given.</summary>
    /// <example>2026-11-30</example>
    public required DateOnly GivenOn { get; init; }

    /// <summary>The words for offer, version and day.</summary>
    /// <example>Offer 0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a, version 1, given on 30 November 2026</example>
    public required string Reference { get; init; }

    /// <summary>Its parts, in order.</summary>
    public required IReadOnlyList<FormSection> Sections { get; init; }

    /// <summary>The repayment schedule, to which a row refers; it stands behind all parts.</summary>
    public required FormTable Schedule { get; init; }

    /// <summary>Fills the form in. Rows that do not apply are not there.</summary>
    /// <param name="facts">What it says.</param>
    /// <param name="language">In which of the <see cref="Languages"/>.</param>
    public static PreContractualForm Of(FormFacts facts, string language)
    {
        var texts = FormTexts.All[language];
        return new PreContractualForm
        {
            Language = language,
            Title = texts.Title,
            Note = texts.Note,
            OfferId = facts.Credit.OfferId,
            OfferVersion = facts.Credit.Version,
            OfferHash = facts.Credit.DocumentHash,
            GivenOn = facts.GivenOn,
            Reference = texts.Reference(facts),
            Sections =
            [
                .. FormRows
                    .All.Where(rule => rule.Applies(facts))
                    .GroupBy(rule => rule.Section)
                    .Select(section => new FormSection(
                        section.Key,
                        texts.Headings[section.Key],
                        [
                            .. section.Select(rule => new FormRow(
                                rule.Key,
                                texts.Labels[rule.Key].Label,
                                texts.Labels[rule.Key].Explanation,
                                rule.Value(texts, facts),
                                rule.Fulfils
                            )),
                        ]
                    )),
            ],
            Schedule = texts.Schedule(facts),
        };
    }

    /// <summary>Reads what was kept.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="formatVersion">The number of its format, which was kept beside it.</param>
    public static PreContractualForm Parse(string json, int formatVersion) =>
        formatVersion == FormatVersion
            ? JsonSerializer.Deserialize(json, FormJson.Default.PreContractualForm)!
            : throw new NotSupportedException($"Forms in format {formatVersion} cannot be read.");

    /// <summary>The JSON that is hashed and kept. Characters outside ASCII are escaped, so the bytes depend on no table of characters.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FormJson.Default.PreContractualForm);

    /// <summary>The hash of kept JSON: its SHA-256.</summary>
    public static byte[] Hash(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(json));
}

/// <summary>A part of the form.</summary>
/// <param name="Part">Its name; stable, for programs.</param>
/// <param name="Heading">What stands above it.</param>
/// <param name="Rows">Its rows, in order.</param>
public sealed record FormSection(string Part, string Heading, IReadOnlyList<FormRow> Rows);

/// <summary>A row of the form.</summary>
/// <param name="Topic">Its name; stable, for programs.</param>
/// <param name="Label">What it is about.</param>
/// <param name="Explanation">What that means; null where the label says it.</param>
/// <param name="Value">What holds for this credit, in lines.</param>
/// <param name="Fulfils">The letters of Article 10 that it fulfils, as in <c>10(3)(a)</c>; others by the law's own names.</param>
public sealed record FormRow(string Topic, string Label, string? Explanation, string Value, IReadOnlyList<string> Fulfils);

/// <summary>A table.</summary>
/// <param name="Caption">What stands above it.</param>
/// <param name="Headers">What stands above its columns.</param>
/// <param name="Rows">Its rows, each with a cell for each column; the last one is the sum.</param>
public sealed record FormTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The JSON of what is kept. It has options of its own, so that a change of the API's does not change any hash.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PreContractualForm))]
internal sealed partial class FormJson : JsonSerializerContext;
