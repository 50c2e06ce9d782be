using Lending.Platform.Audit;
using Lending.Platform.Persistence;

namespace Lending.Documents.Files;

/// <summary>A file that nobody needs any more. Its key is gone with this row's transaction; the bytes are deleted from the store afterwards.</summary>
[NotAudited("It is the rest of a change of a document, which has an entry.")]
internal sealed class DiscardedFile : ITenantOwned
{
    private DiscardedFile() { }

    public DiscardedFile(Guid id, DateTimeOffset now) => (Id, DiscardedAt) = (id, now);

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public DateTimeOffset DiscardedAt { get; private init; }
}
