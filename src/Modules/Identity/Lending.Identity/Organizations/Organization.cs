using Lending.Identity.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Identity.Organizations;

/// <summary>A business that works with Lending; users, customers and offers belong to one.</summary>
internal sealed class Organization : IListed
{
    /// <summary>The platform's own organisation, which those join who sign up by themselves; its administrators manage all others.</summary>
    public static readonly Guid DefaultId = new("01900000-0000-7000-8000-000000000001");

    private Organization() { }

    public Organization(Guid id, string name, string country, string currency, string timeZone, DateTimeOffset now)
    {
        Id = id;
        CreatedAt = now;
        Name = name;
        Country = country;
        Currency = currency;
        TimeZone = timeZone;
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = null!;

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private set; } = null!;

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = null!;

    /// <summary>IANA.</summary>
    public string TimeZone { get; private set; } = null!;

    /// <summary>Who may approve offers: by ascending amount, the last tier without a limit.</summary>
    public IReadOnlyList<ApprovalTier> ApprovalTiers { get; private set; } = ApprovalTier.Default;

    /// <summary>Whether loans may be paid out while their customers can still withdraw.</summary>
    public bool AllowPayoutBeforeWithdrawalEnds { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public void Change(string name, string country, string currency, string timeZone, DateTimeOffset now)
    {
        if ((Name, Country, Currency, TimeZone) == (name, country, currency, timeZone))
        {
            return;
        }
        Name = name;
        Country = country;
        Currency = currency;
        TimeZone = timeZone;
        UpdatedAt = now;
    }

    /// <summary>Decides whether loans may be paid out while their customers can still withdraw.</summary>
    public void DecideOnEarlyPayout(bool isAllowed, DateTimeOffset now)
    {
        if (AllowPayoutBeforeWithdrawalEnds == isAllowed)
        {
            return;
        }
        AllowPayoutBeforeWithdrawalEnds = isAllowed;
        UpdatedAt = now;
    }

    /// <summary>Decides who may approve offers; by ascending amount, the last tier without a limit.</summary>
    public void ChooseApprovers(IReadOnlyList<ApprovalTier> tiers, DateTimeOffset now)
    {
        if (ApprovalTiers.SequenceEqual(tiers))
        {
            return;
        }
        ApprovalTiers = tiers;
        UpdatedAt = now;
    }
}
