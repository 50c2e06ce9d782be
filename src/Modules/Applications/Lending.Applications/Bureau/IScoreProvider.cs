namespace Lending.Applications.Bureau;

/// <summary>A credit bureau.</summary>
internal interface IScoreProvider
{
    /// <summary>Its answer; null where there is none in time, or none that can be read. It never throws for what the bureau does.</summary>
    Task<BureauReply?> AskAsync(BureauQuestion question, CancellationToken ct);
}
