using System.Text.Json;
using Lending.Disclosures.Form;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Disclosures.Settings;

/// <summary>What an organisation's forms say of it, and whether the law asks for them. Forms that were given keep what they said.</summary>
internal sealed class DisclosureSettings : ITenantOwned
{
    private DisclosureSettings() { }

    public DisclosureSettings(Guid organizationId, DisclosureRegime regime, CreditorDetails creditor, UserReference by, DateTimeOffset now)
    {
        OrganizationId = organizationId;
        Change(regime, creditor, by, now);
    }

    public Guid OrganizationId { get; private init; }

    public DisclosureRegime RegulatoryRegime { get; private set; }

    /// <summary>The JSON of the <see cref="CreditorDetails"/>.</summary>
    [NotPersonal]
    public string Creditor { get; private set; } = null!;

    public UserReference SetBy { get; private set; } = null!;

    public DateTimeOffset SetAt { get; private set; }

    /// <summary>Changes with every write; see <see cref="Platform.Http.ETags"/>.</summary>
    public uint RowVersion { get; private init; }

    public void Change(DisclosureRegime regime, CreditorDetails creditor, UserReference by, DateTimeOffset now)
    {
        RegulatoryRegime = regime;
        Creditor = JsonSerializer.Serialize(creditor, JsonSerializerOptions.Web);
        SetBy = by;
        SetAt = now;
    }

    public CreditorDetails ReadCreditor() => JsonSerializer.Deserialize<CreditorDetails>(Creditor, JsonSerializerOptions.Web)!;
}
