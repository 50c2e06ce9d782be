using Lending.Kernel;
using Mapster;

namespace Lending.Loans.Offers.Comments;

/// <summary>A comment on a loan offer.</summary>
internal sealed record CommentResponse
{
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

    internal sealed class Mapping : IRegister
    {
        // Column by column: for a UserReference as a whole, EF would read the whole comment.
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<OfferComment, CommentResponse>()
                .Map(response => response.CreatedBy, comment => new UserReference(comment.CreatedBy.Id, comment.CreatedBy.Username));
    }
}
