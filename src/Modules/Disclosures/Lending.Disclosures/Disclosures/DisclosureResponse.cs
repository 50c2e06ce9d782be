using System.Text.Json.Serialization;
using Lending.Disclosures.Form;
using Lending.Kernel;

namespace Lending.Disclosures.Disclosures;

/// <summary>That a customer was given pre-contractual information.</summary>
internal sealed record DisclosureResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The offer.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid OfferId { get; init; }

    /// <summary>The customer.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The number of the offer's version.</summary>
    /// <example>1</example>
    public required int OfferVersion { get; init; }

    /// <summary>The document hash of that version.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string OfferHash { get; init; }

    /// <summary>The hash of the form.</summary>
    /// <example>60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752</example>
    public required string FormHash { get; init; }

    /// <summary>The form's language.</summary>
    /// <example>en</example>
    public required string Language { get; init; }

    /// <summary>How it was given.</summary>
    /// <example>EMAIL</example>
    public required DisclosureMedium Medium { get; init; }

    /// <summary>Who gave it.</summary>
    public required UserReference IssuedBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>What it says; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PreContractualForm? Form { get; init; }

    public static DisclosureResponse Of(Disclosure disclosure) =>
        new()
        {
            Id = disclosure.Id,
            OfferId = disclosure.OfferId,
            CustomerId = disclosure.CustomerId,
            OfferVersion = disclosure.OfferVersion,
            OfferHash = Convert.ToHexStringLower(disclosure.OfferHash),
            FormHash = disclosure.FormHashText,
            Language = disclosure.Language,
            Medium = disclosure.Medium,
            IssuedBy = disclosure.IssuedBy,
            IssuedAt = disclosure.CreatedAt,
        };

    public static DisclosureResponse WithForm(Disclosure disclosure) => Of(disclosure) with { Form = disclosure.ReadForm() };
}
