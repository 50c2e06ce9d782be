using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Platform.Idempotency;

/// <summary>What a request with an <c>Idempotency-Key</c> was answered, for when it is sent again. Rows are written and read by <see cref="KeptAnswers"/>.</summary>
[NotAudited("It repeats an answer; the change itself has an entry.")]
internal sealed class KeptAnswer : ITenantOwned
{
    public const string Table = "kept_answers";

    /// <summary>Made of organisation, caller and key, so that the primary key is what lets one of two twins wait.</summary>
    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>A keyed hash of method, path and body, which may hold passwords.</summary>
    [Secret]
    public byte[] RequestHash { get; private init; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Status, headers and body, as JSON. Null only inside the transaction that makes it.</summary>
    [Secret]
    public Encrypted? Answer { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<KeptAnswer>
    {
        public void Configure(EntityTypeBuilder<KeptAnswer> builder)
        {
            builder.ToTable(Table);
            builder.Property(kept => kept.Id).ValueGeneratedNever();
            builder.HasIndex(kept => kept.CreatedAt);
        }
    }
}
