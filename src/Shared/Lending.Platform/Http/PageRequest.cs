using FluentValidation;
using Lending.Kernel;

namespace Lending.Platform.Http;

/// <summary>What every list takes from its query string.</summary>
public abstract record PageRequest
{
    /// <summary>The most rows that one page can hold.</summary>
    public const int MaximumLimit = 200;

    /// <summary>How many rows the page holds at most: 1 to 200.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The <c>nextCursor</c> of the page before; leave it out for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether to count all matching rows into <c>total</c>, which costs time.</summary>
    public bool IncludeTotal { get; init; }

    /// <summary>
    /// The page of these rows, which were read in order and one more than <see cref="Limit"/>; <paramref name="position"/> tells where the
    /// next page starts.
    /// </summary>
    public Page<T> Page<T>(List<T> rows, long? total, Func<T, Cursor> position)
    {
        if (rows.Count <= Limit)
        {
            return new Page<T>(rows, null, total);
        }
        rows.RemoveRange(Limit, rows.Count - Limit);
        return new Page<T>(rows, position(rows[^1]).ToString(), total);
    }
}

/// <summary>The rules of <see cref="PageRequest"/>, for the validator of a list to include.</summary>
public sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    /// <summary>
    /// Checks the page's size and that the cursor is one of ours: for this order, and with a value that belongs there, which is a time unless
    /// <paramref name="hasFittingValue"/> says otherwise.
    /// </summary>
    public PageRequestValidator(Func<PageRequest, string> order, Func<Cursor, bool>? hasFittingValue = null)
    {
        hasFittingValue ??= cursor => cursor.HasTime;
        RuleFor(request => request.Limit).InclusiveBetween(1, PageRequest.MaximumLimit);
        RuleFor(request => request.Cursor)
            .Must((request, cursor) => Cursor.Parse(cursor, order(request)) is { } parsed && hasFittingValue(parsed))
            .When(request => request.Cursor is not null)
            .WithErrorCode("invalid-cursor")
            .WithMessage("This is no cursor of this list in this order.");
    }
}
