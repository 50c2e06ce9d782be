using Mapster;

namespace Lending.Applications.CreditApplications;

/// <summary>An application with what applicants say, and who entered it.</summary>
internal sealed record ApplicationResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>Where it is.</summary>
    public required ApplicationSummary Application { get; init; }

    /// <summary>What it says.</summary>
    public required ApplicationDetails Details { get; init; }

    /// <summary>Who entered each value that is there, by its path, such as `first.netIncome.amount`.</summary>
    public required IReadOnlyDictionary<string, EnteredField> Entered { get; init; }

    /// <summary>The paths of figures that have to be proved before it is decided on; a document that nobody has approved yet does not prove one.</summary>
    /// <example>["first.netIncome"]</example>
    public required IReadOnlyList<string> MissingEvidence { get; init; }

    public static ApplicationResponse Of(CreditApplication application, IReadOnlyCollection<Guid> approvedDocuments)
    {
        var content = application.ReadContent();
        return new()
        {
            Id = application.Id,
            Application = application.Adapt<ApplicationSummary>(),
            Details = content.Details,
            Entered = content.Entered,
            MissingEvidence = Evidence.MissingIn(content, approvedDocuments),
        };
    }
}
