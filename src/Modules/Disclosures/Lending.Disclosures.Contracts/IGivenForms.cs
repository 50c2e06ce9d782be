namespace Lending.Disclosures.Contracts;

/// <summary>The pre-contractual information that customers were given, for the pages on which they answer offers.</summary>
public interface IGivenForms
{
    /// <summary>Whether the customer was given the form of the version of an offer with this document hash.</summary>
    Task<bool> IsGivenAsync(Guid offerId, string documentHash, CancellationToken ct);

    /// <summary>The form that was given last of that version, as a page; null where none was, or none that the caller may see.</summary>
    Task<GivenForm?> ReadAsync(Guid offerId, string documentHash, CancellationToken ct);

    /// <summary>What the customer for whom the caller acts was given, newest first; the latest hundred.</summary>
    Task<IReadOnlyList<ListedForm>> ListAsync(CancellationToken ct);

    /// <summary>One of these as a page; null where it is none of theirs.</summary>
    Task<GivenForm?> ReadAsync(Guid disclosureId, CancellationToken ct);
}

/// <summary>A form in a list.</summary>
/// <param name="Id">The disclosure.</param>
/// <param name="OfferId">The offer whose form it is.</param>
/// <param name="GivenAt">When it was given.</param>
public sealed record ListedForm(Guid Id, Guid OfferId, DateTimeOffset GivenAt);

/// <summary>A form as a page.</summary>
/// <param name="Language">Its language, as in <c>de</c>.</param>
/// <param name="Html">The page, with one style inside and no script.</param>
public sealed record GivenForm(string Language, string Html);
