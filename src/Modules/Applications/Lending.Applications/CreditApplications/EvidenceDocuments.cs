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
        var known = (await FindAsync(named, [customerId, wanted.SecondCustomerId], ct)).Select(document => document.Id).ToHashSet();
        return [.. named.Where(figure => !known.Contains(figure.DocumentId)).Select(figure => figure.Path)];
    }

    /// <summary>The documents that an application names and that count, or may. What does not count any more, or is of nobody who applies, is not among them.</summary>
    public Task<IReadOnlyList<KnownDocument>> NamedInAsync(CreditApplication application, CancellationToken ct) =>
        FindAsync(Evidence.DocumentsIn(application.ReadContent().Details), application.CustomerIds.Cast<Guid?>(), ct);

    private async Task<IReadOnlyList<KnownDocument>> FindAsync(
        IReadOnlyCollection<(string Path, Guid DocumentId)> named,
        IEnumerable<Guid?> customerIds,
        CancellationToken ct
    ) =>
        named.Count == 0
            ? []
            :
            [
                .. (await documents.FindAsync([.. named.Select(figure => figure.DocumentId).Distinct()], ct)).Where(document =>
                    customerIds.Contains(document.CustomerId)
                ),
            ];
}
