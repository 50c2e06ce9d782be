using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Servicing.LedgerExports;

/// <summary>
/// A period that is closed: what counts for its days and was posted until it was closed is all that it ever was. What is posted later for a day in it has a
/// later time, which the database checks.
/// </summary>
internal sealed class ClosedPeriod : ITenantOwned, IAppendOnly
{
    private ClosedPeriod() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>The last day of it; the first one is the day after the period before.</summary>
    [NotPersonal]
    public DateOnly Through { get; private init; }

    public DateTimeOffset ClosedAt { get; private init; }

    public UserReference ClosedBy { get; private init; } = null!;

    public static ClosedPeriod Of(DateOnly through, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Through = through,
            ClosedAt = now,
            ClosedBy = by,
        };
}
