using Lending.Disclosures.Form;
using Lending.Kernel;

namespace Lending.Disclosures.Settings;

/// <summary>What the organisation's forms say of it.</summary>
internal sealed record DisclosureSettingsResponse
{
    /// <summary>The law that the credits are under: `CCD2` lets nobody accept without the form, `NONE` does.</summary>
    /// <example>CCD2</example>
    public required DisclosureRegime RegulatoryRegime { get; init; }

    /// <summary>The creditor and its agreements.</summary>
    public required CreditorDetails Creditor { get; init; }

    /// <summary>Who set it.</summary>
    public required UserReference SetBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset SetAt { get; init; }

    public static DisclosureSettingsResponse Of(DisclosureSettings settings) =>
        new()
        {
            RegulatoryRegime = settings.RegulatoryRegime,
            Creditor = settings.ReadCreditor(),
            SetBy = settings.SetBy,
            SetAt = settings.SetAt,
        };
}
