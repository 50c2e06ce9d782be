using Lending.Disclosures.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Disclosures.Data;

internal sealed class DisclosureSettingsConfiguration : IEntityTypeConfiguration<DisclosureSettings>
{
    /// <summary>The key: who sets them first wins.</summary>
    public const string OneForEach = "pk_disclosure_settings";

    public void Configure(EntityTypeBuilder<DisclosureSettings> builder)
    {
        builder.ToTable(
            "disclosure_settings",
            table => table.HasCheckConstraint("ck_disclosure_settings_regulatory_regime", "regulatory_regime IN ('NONE', 'CCD2')")
        );
        builder.HasKey(settings => settings.OrganizationId).HasName(OneForEach);
        builder.Property(settings => settings.OrganizationId).ValueGeneratedNever();
        builder
            .Property(settings => settings.RegulatoryRegime)
            .HasConversion(regime => regime.ToString().ToUpperInvariant(), text => Enum.Parse<DisclosureRegime>(text, ignoreCase: true))
            .HasMaxLength(10);
        builder.Property(settings => settings.Creditor).HasColumnType("json");
        builder.ComplexProperty(settings => settings.SetBy);
        builder.Property(settings => settings.RowVersion).HasColumnName("xmin").IsRowVersion();
    }
}
