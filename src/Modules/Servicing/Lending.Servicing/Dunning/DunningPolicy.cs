using System.Text.Json;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Dunning;

/// <summary>The levels that an organisation has set for itself, and what it does not ask for.</summary>
internal sealed class DunningPolicy : ITenantOwned
{
    private DunningPolicy() { }

    public Guid OrganizationId { get; private init; }

    /// <summary>The JSON of the <see cref="DunningLevel"/>s.</summary>
    [NotPersonal]
    public string Levels { get; private init; } = null!;

    /// <summary>What a payment may leave open and is given up then, on accounts that are opened from now on.</summary>
    public decimal ClosingTolerance { get; private init; }

    public UserReference SetBy { get; private init; } = null!;

    public DateTimeOffset SetAt { get; private init; }

    public static DunningPolicy Of(DunningLevels settings, UserReference by, DateTimeOffset now) =>
        new()
        {
            Levels = JsonSerializer.Serialize(settings.Levels!, StoredJson.Options),
            ClosingTolerance = settings.ClosingTolerance,
            SetBy = by,
            SetAt = now,
        };

    public IReadOnlyList<DunningLevel> ReadLevels() => JsonSerializer.Deserialize<IReadOnlyList<DunningLevel>>(Levels, StoredJson.Options)!;
}
