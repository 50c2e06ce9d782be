using Lending.Identity.Addresses;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Identity.Organizations;

/// <summary>A business that works with Lending; users, customers and offers belong to one.</summary>
internal sealed class Organization : IListed
{
    /// <summary>The platform's own organisation, which those join who sign up by themselves; its administrators manage all others.</summary>
    public static readonly Guid DefaultId = new("01900000-0000-7000-8000-000000000001");

    /// <summary>How far a sandbox's clock can be ahead: long enough for most loans to end.</summary>
    public static readonly TimeSpan MaximumClockAhead = TimeSpan.FromDays(3653);

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

    [NotPersonal]
    public string Name { get; private set; } = null!;

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [NotPersonal]
    public string Country { get; private set; } = null!;

    /// <summary>ISO 4217.</summary>
    [NotPersonal]
    public string Currency { get; private set; } = null!;

    /// <summary>IANA.</summary>
    [NotPersonal]
    public string TimeZone { get; private set; } = null!;

    /// <summary>How customers know it; null: by its name.</summary>
    [NotPersonal]
    public string? DisplayName { get; private set; }

    /// <summary>The language of what it writes to people who have not chosen one.</summary>
    [NotPersonal]
    public string Locale { get; private set; } = OrganizationRequest.UsualLocale;

    /// <summary>From where its staff may work, in CIDR notation; empty: from everywhere.</summary>
    [NotPersonal]
    public IReadOnlyList<string> AllowedAddresses { get; private set; } = [];

    public bool InstallersMayInviteInstallers { get; private set; }

    /// <summary>Whether its users work only once they have accepted its terms and privacy policy.</summary>
    public bool TermsMandatory { get; private set; }

    /// <summary>Since when nobody of it can do anything.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>Who may approve offers: by ascending amount, the last tier without a limit.</summary>
    [NotPersonal]
    public IReadOnlyList<ApprovalTier> ApprovalTiers { get; private set; } = ApprovalTier.Default;

    /// <summary>Whether loans may be paid out while their customers can still withdraw.</summary>
    public bool AllowPayoutBeforeWithdrawalEnds { get; private set; }

    /// <summary>Whether customers accept offers only with a code that was mailed to them.</summary>
    public bool AcceptanceNeedsCode { get; private set; }

    /// <summary>The colour of its pages, as style sheets write it; null: ours.</summary>
    [NotPersonal]
    public string? Color { get; private set; }

    /// <summary>The organisation whose sandbox this is: it has rows of its own, and the settings of that one.</summary>
    public Guid? SandboxOf { get; private set; }

    /// <summary>By how much a sandbox's clock is ahead of the real one.</summary>
    [NotPersonal]
    public TimeSpan ClockAhead { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Makes the organisation's sandbox, in which keys can be tried out. Its settings are read from the organisation, now and later.</summary>
    public Organization NewSandbox(Guid id, DateTimeOffset now) =>
        new(id, Name, Country, Currency, TimeZone, now) { ApprovalTiers = ApprovalTiers, SandboxOf = Id };

    /// <summary>Advances a sandbox's clock to this time; answers why that cannot be, or null.</summary>
    public Error? AdvanceClock(DateTimeOffset to, DateTimeOffset now)
    {
        if (SandboxOf is null)
        {
            return Error.NotASandbox;
        }
        var ahead = to - now;
        if (ahead > MaximumClockAhead)
        {
            return IdentityErrors.ClockTooFar;
        }
        if (ahead <= ClockAhead)
        {
            return IdentityErrors.ClockGoesForwards;
        }
        ClockAhead = ahead;
        UpdatedAt = now;
        return null;
    }

    /// <summary>What was asked for last, as far as a request sets it.</summary>
    public OrganizationRequest Settings =>
        new()
        {
            Name = Name,
            DisplayName = DisplayName,
            Country = Country,
            Currency = Currency,
            TimeZone = TimeZone,
            Locale = Locale,
            AllowedAddresses = AllowedAddresses,
            InstallersMayInviteInstallers = InstallersMayInviteInstallers,
            TermsMandatory = TermsMandatory,
            AllowPayoutBeforeWithdrawalEnds = AllowPayoutBeforeWithdrawalEnds,
            AcceptanceNeedsCode = AcceptanceNeedsCode,
            Color = Color,
        };

    /// <summary>Takes over settings that were validated.</summary>
    public void Change(OrganizationRequest settings, DateTimeOffset now)
    {
        var before = Settings;
        Name = settings.Name;
        DisplayName = string.IsNullOrWhiteSpace(settings.DisplayName) ? null : settings.DisplayName.Trim();
        Country = settings.Country;
        Currency = settings.Currency;
        TimeZone = settings.TimeZone;
        Locale = settings.Locale;
        AllowedAddresses = AddressRanges.Normalize(settings.AllowedAddresses);
        InstallersMayInviteInstallers = settings.InstallersMayInviteInstallers;
        TermsMandatory = settings.TermsMandatory;
        AllowPayoutBeforeWithdrawalEnds = settings.AllowPayoutBeforeWithdrawalEnds;
        AcceptanceNeedsCode = settings.AcceptanceNeedsCode;
        Color = WebColor.Find(settings.Color)?.ToString();
        // Lists are compared apart, as records compare which list it is.
        if (
            Settings with { AllowedAddresses = before.AllowedAddresses } != before
            || !AllowedAddresses.SequenceEqual(before.AllowedAddresses)
        )
        {
            UpdatedAt = now;
        }
    }

    /// <summary>Lets nobody of it in any more.</summary>
    public void Suspend(DateTimeOffset now)
    {
        if (SuspendedAt is null)
        {
            SuspendedAt = UpdatedAt = now;
        }
    }

    /// <summary>Lets everybody in again.</summary>
    public void Resume(DateTimeOffset now)
    {
        if (SuspendedAt is not null)
        {
            (SuspendedAt, UpdatedAt) = (null, now);
        }
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
