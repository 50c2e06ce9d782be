namespace Lending.Applications.Bureau;

/// <summary>A credit bureau.</summary>
internal interface IScoreProvider
{
    /// <summary>Its answer; null where there is none in time, or none that can be read. It never throws for what the bureau does.</summary>
    /// <param name="question">About whom, and what for.</param>
    /// <param name="isSandbox">Whether it is only tried out: then a made-up bureau answers, and nobody else is told.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    Task<BureauReply?> AskAsync(BureauQuestion question, bool isSandbox, CancellationToken ct);
}
