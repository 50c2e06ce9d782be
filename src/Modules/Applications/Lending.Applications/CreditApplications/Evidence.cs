namespace Lending.Applications.CreditApplications;

/// <summary>What has to be proved before an application is decided on: incomes (Art. 18 of Directive (EU) 2023/2225).</summary>
internal static class Evidence
{
    /// <summary>The documents that figures name, by the path of the member that names it.</summary>
    public static IReadOnlyList<(string Path, Guid DocumentId)> DocumentsIn(ApplicationDetails details) =>
        [
            .. FiguresOf(details)
                .Where(figure => figure.Figure?.DocumentId is not null)
                .Select(figure => ($"{figure.Path}.documentId", figure.Figure!.DocumentId!.Value)),
        ];

    /// <summary>The same details, in which no figure names a document that is not among these.</summary>
    public static ApplicationDetails WithNoOtherThan(ApplicationDetails details, IReadOnlySet<Guid> documents)
    {
        return details with
        {
            LivingExpenses = Cleared(details.LivingExpenses),
            Housing = Cleared(details.Housing),
            ExistingInstalments = Cleared(details.ExistingInstalments),
            First = details.First is { } first ? first with { NetIncome = Cleared(first.NetIncome) } : null,
            Second = details.Second is { } second ? second with { NetIncome = Cleared(second.NetIncome) } : null,
        };

        Figure? Cleared(Figure? figure) =>
            figure?.DocumentId is { } named && !documents.Contains(named) ? figure with { DocumentId = null } : figure;
    }

    private static IEnumerable<(string Path, Figure? Figure)> FiguresOf(ApplicationDetails details) =>
        [
            ("livingExpenses", details.LivingExpenses),
            ("housing", details.Housing),
            ("existingInstalments", details.ExistingInstalments),
            ("first.netIncome", details.First?.NetIncome),
            ("second.netIncome", details.Second?.NetIncome),
        ];

    /// <summary>The paths of figures that are not proved: neither by one of the approved documents nor by a paper that the organisation has seen.</summary>
    public static IReadOnlyList<string> MissingIn(ApplicationContent content, IReadOnlyCollection<Guid> approvedDocuments)
    {
        var missing = new List<string>();
        Check(content.Details.First?.NetIncome, "first.netIncome");
        Check(content.Details.Second?.NetIncome, "second.netIncome");
        return missing;

        void Check(Figure? figure, string path)
        {
            // Nobody can prove that they earn nothing.
            if (figure is { Amount: > 0 } && !IsProved(figure, path))
            {
                missing.Add(path);
            }
        }

        bool IsProved(Figure figure, string path) =>
            figure.Source is not (null or FigureSource.Stated)
            && (
                (figure.DocumentId is { } document && approvedDocuments.Contains(document))
                || (!string.IsNullOrWhiteSpace(figure.Evidence) && content.IsVouchedFor(path))
            );
    }
}
