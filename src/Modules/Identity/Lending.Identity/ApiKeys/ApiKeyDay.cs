using Lending.Platform.Audit;
using Lending.Platform.Privacy;

namespace Lending.Identity.ApiKeys;

/// <summary>How often a key was used on a day (UTC). Written by <see cref="ApiKeyUsage"/>, many requests at once.</summary>
[NotAudited("Counts of requests, which tell nothing of who changed what.")]
internal sealed class ApiKeyDay
{
    private ApiKeyDay() { }

    public Guid ApiKeyId { get; private set; }

    [NotPersonal]
    public DateOnly Day { get; private set; }

    public long Requests { get; private set; }

    public DateTimeOffset LastUsedAt { get; private set; }
}
