using System.Linq.Expressions;
using Lending.Kernel;

namespace Lending.Loans.Offers.Comments;

/// <summary>A comment on a loan offer.</summary>
internal sealed record CommentResponse
{
    /// <summary>What is read of a comment to answer it.</summary>
    public static readonly Expression<Func<OfferComment, CommentResponse>> Projection = comment => new CommentResponse
    {
        Id = comment.Id,
        Text = comment.Text,
        Visibility = comment.Visibility,
        CreatedBy = new UserReference(comment.CreatedBy.Id, comment.CreatedBy.Username),
        CreatedAt = comment.CreatedAt,
    };

    /// <summary>The answer for a comment that was just written.</summary>
    public static readonly Func<OfferComment, CommentResponse> From = Projection.Compile();

    /// <summary>The comment's id.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid Id { get; init; }

    /// <summary>What was said.</summary>
    /// <example>The roof was inspected on Tuesday.</example>
    public required string Text { get; init; }

    /// <summary>Who can read it.</summary>
    /// <example>INTERNAL</example>
    public required CommentVisibility Visibility { get; init; }

    /// <summary>Who said it.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }
}
