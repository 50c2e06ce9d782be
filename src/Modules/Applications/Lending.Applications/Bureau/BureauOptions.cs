using System.ComponentModel.DataAnnotations;

namespace Lending.Applications.Bureau;

/// <summary>Which credit bureau is asked; configuration section <c>Bureau</c>.</summary>
internal sealed class BureauOptions
{
    public const string Section = "Bureau";

    /// <summary>
    /// Where questions are posted. Left out, nobody is asked and a person decides on each application; in Development, a made-up bureau answers.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>What lets the organisation ask, sent as a bearer token; left out where none is needed.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long an answer is waited for.</summary>
    [Range(1, 20)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>What customers are told that the bureau is called.</summary>
    public string Name { get; set; } = "Credit bureau";

    /// <summary>Where customers reach it.</summary>
    public string Contact { get; set; } = "";
}
