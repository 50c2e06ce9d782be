using Lending.Servicing.LedgerExports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of what exports need to know: one row for each organisation that has set it.</summary>
internal sealed class LedgerSettingsConfiguration : IEntityTypeConfiguration<LedgerSettings>
{
    /// <summary>The key, which the second of two breaks who set it at once.</summary>
    public const string OneForOrganization = "pk_ledger_settings";

    public void Configure(EntityTypeBuilder<LedgerSettings> builder)
    {
        builder.ToTable(
            "ledger_settings",
            table =>
            {
                table.HasCheckConstraint("ck_ledger_settings_consultant_number", "consultant_number BETWEEN 1001 AND 9999999");
                table.HasCheckConstraint("ck_ledger_settings_client_number", "client_number BETWEEN 1 AND 99999");
                table.HasCheckConstraint("ck_ledger_settings_fiscal_year_start_month", "fiscal_year_start_month BETWEEN 1 AND 12");
                table.HasCheckConstraint("ck_ledger_settings_account_length", "account_length BETWEEN 4 AND 8");
            }
        );
        builder.HasKey(settings => settings.OrganizationId).HasName(OneForOrganization);
        builder.Property(settings => settings.OrganizationId).ValueGeneratedNever();
        builder.ComplexProperty(settings => settings.SetBy);
    }
}
