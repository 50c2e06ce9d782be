using Lending.Payments.Creditors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of creditors: one of an organisation.</summary>
internal sealed class CreditorConfiguration : IEntityTypeConfiguration<Creditor>
{
    /// <summary>The name of the index that lets one of two win.</summary>
    public const string OneOfOrganization = "ix_creditors_organization_id";

    public void Configure(EntityTypeBuilder<Creditor> builder)
    {
        builder.Property(creditor => creditor.Id).ValueGeneratedNever();
        builder.Property(creditor => creditor.Name).HasMaxLength(AccountParty.MaximumNameLength);
        builder.Property(creditor => creditor.Identifier).HasMaxLength(Creditor.MaximumIdentifierLength);
        builder.Property(creditor => creditor.Bic).HasMaxLength(AccountParty.MaximumBicLength);
        builder.Property(creditor => creditor.Street).HasMaxLength(AccountParty.MaximumAddressLength);
        builder.Property(creditor => creditor.BuildingNumber).HasMaxLength(AccountParty.MaximumCodeLength);
        builder.Property(creditor => creditor.PostCode).HasMaxLength(AccountParty.MaximumCodeLength);
        builder.Property(creditor => creditor.Town).HasMaxLength(AccountParty.MaximumTownLength);
        builder.Property(creditor => creditor.Country).HasMaxLength(2);
        builder.Property(creditor => creditor.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(creditor => creditor.OrganizationId).IsUnique().HasDatabaseName(OneOfOrganization);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_creditors_name", "name <> ''");
            table.HasCheckConstraint("ck_creditors_identifier", "identifier ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{4,31}$'");
            table.HasCheckConstraint("ck_creditors_notice_days", "notice_days BETWEEN 1 AND 14");
            table.HasCheckConstraint("ck_creditors_town", "town <> ''");
            table.HasCheckConstraint("ck_creditors_country", "country ~ '^[A-Z]{2}$'");
        });
    }
}
