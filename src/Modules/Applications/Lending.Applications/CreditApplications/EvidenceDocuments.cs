using Lending.Documents.Contracts;

namespace Lending.Applications.CreditApplications;

/// <summary>Looks at the documents that figures name.</summary>
internal sealed class EvidenceDocuments(IDocumentDirectory documents)
{
    /// <summary>
    /// The paths of what was not named there before and is no document of one who applies that may count. What is another organisation's, or another customer's, does not
    /// exist.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindUnknownAsync(
        Guid customerId,
        ApplicationDetails present,
        ApplicationDetails wanted,
        CancellationToken ct
    )
    {
        var named = Evidence.DocumentsIn(wanted).Except(Evidence.DocumentsIn(present)).ToList();
        if (named.Count == 0)
        {
            return [];
        }
        var known = await FindAsync(named.Select(figure => figure.DocumentId), [customerId, wanted.SecondCustomerId], ct);
        return [.. named.Where(figure => !known.Contains(figure.DocumentId)).Select(figure => figure.Path)];
    }

    /// <summary>The details without the documents that do not count, or not any more, or are of nobody who applies.</summary>
    public async Task<ApplicationDetails> WithThoseThatCountAsync(
        CreditApplication application,
        ApplicationDetails details,
        CancellationToken ct
    )
    {
        var named = Evidence.DocumentsIn(details);
        return named.Count == 0
            ? details
            : Evidence.WithNoOtherThan(
                details,
                await FindAsync(named.Select(figure => figure.DocumentId), [application.CustomerId, application.SecondCustomerId], ct)
            );
    }

    private async Task<HashSet<Guid>> FindAsync(IEnumerable<Guid> documentIds, Guid?[] customerIds, CancellationToken ct) =>
        [
            .. (await documents.FindAsync([.. documentIds.Distinct()], ct))
                .Where(document => customerIds.Contains(document.CustomerId))
                .Select(document => document.Id),
        ];
}
