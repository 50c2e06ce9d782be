using Lending.Documents.Contracts;
using Lending.Platform.Security;

namespace Lending.Applications.CreditApplications;

/// <summary>Looks at the documents that figures name.</summary>
internal sealed class EvidenceDocuments(IDocumentDirectory documents, Caller caller)
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
        // Customers name their own alone: of two, neither learns what the other has sent.
        Guid?[] owners = caller.CustomerScope is { } own ? [own] : [customerId, wanted.SecondCustomerId];
        var known = (await FindAsync(named, owners, ct)).Select(document => document.Id).ToHashSet();
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
