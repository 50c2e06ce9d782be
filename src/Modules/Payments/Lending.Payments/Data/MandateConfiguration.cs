using Lending.Payments.Creditors;
using Lending.Payments.Mandates;
using Lending.Payments.References;
using Lending.Platform.Encryption;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of mandates.</summary>
internal sealed class MandateConfiguration : IEntityTypeConfiguration<Mandate>
{
    /// <summary>The name of the index that gives a reference once.</summary>
    public const string UniqueReference = "ix_mandates_organization_id_reference";

    /// <summary>The name of the index that lets a loan account have one mandate in use.</summary>
    public const string OneInUse = "ux_mandates_in_use";

    /// <summary>The encrypted column, for the hash of an account that is looked for.</summary>
    public static readonly EncryptedColumn Iban = new("payments.mandates", "iban");

    /// <summary>What a mandate is looked for by, when a payment comes from its account.</summary>
    public const string IbanHash = $"{nameof(Mandate.Iban)}Hash";

    public void Configure(EntityTypeBuilder<Mandate> builder)
    {
        builder.Property(mandate => mandate.Id).ValueGeneratedNever();
        builder.Property(mandate => mandate.Reference).HasMaxLength(Mandate.MaximumReferenceLength);
        builder.Property(mandate => mandate.CreditorIdentifier).HasMaxLength(Creditor.MaximumIdentifierLength);
        builder.Property(mandate => mandate.HolderName).HasMaxLength(Mandate.MaximumHolderLength);
        builder.Property<byte[]?>(IbanHash).IsPersonal();
        builder.Property(mandate => mandate.Bic).HasMaxLength(AccountParty.MaximumBicLength);
        builder.Property(mandate => mandate.Signature).HasConversion<string>().HasMaxLength(16);
        builder.Property(mandate => mandate.EvidenceHash).HasMaxLength(Mandate.HashLength);
        // PostgreSQL would write the filter of the index below another way for varchar.
        builder.Property(mandate => mandate.Status).HasConversion<string>().HasColumnType("text");
        builder.Property(mandate => mandate.SuspendedBecause).HasMaxLength(Mandate.MaximumReasonLength);
        builder.Property(mandate => mandate.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.Ignore(mandate => mandate.UsableUntil);
        builder.ComplexProperty(mandate => mandate.CreatedBy);
        builder.HasIndex(mandate => new { mandate.OrganizationId, mandate.Reference }).IsUnique().HasDatabaseName(UniqueReference);
        builder.HasIndex(mandate => mandate.LoanAccountId).IsUnique().HasFilter("status = 'Active'").HasDatabaseName(OneInUse);
        builder.HasIndex(nameof(Mandate.OrganizationId), IbanHash);
        builder.HasIndex(mandate => mandate.CustomerId);
        builder.HasIndex(mandate => new
        {
            mandate.OrganizationId,
            mandate.CreatedAt,
            mandate.Id,
        });
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_mandates_reference", "reference <> ''");
            table.HasCheckConstraint("ck_mandates_holder_name", "holder_name <> ''");
            table.HasCheckConstraint("ck_mandates_signature", "signature IN ('Paper', 'Electronic')");
            table.HasCheckConstraint("ck_mandates_evidence_hash", "evidence_hash ~ '^[0-9a-f]{64}$'");
            table.HasCheckConstraint("ck_mandates_status", "status IN ('Active', 'Suspended', 'Revoked')");
            table.HasCheckConstraint("ck_mandates_revoked_at", "(revoked_at IS NOT NULL) = (status = 'Revoked')");
            table.HasCheckConstraint("ck_mandates_suspended_because", "status <> 'Suspended' OR suspended_because IS NOT NULL");
        });
    }
}

/// <summary>The table of references: one of a loan account.</summary>
internal sealed class PaymentReferenceConfiguration : IEntityTypeConfiguration<PaymentReference>
{
    /// <summary>The name of the index that lets one of two win.</summary>
    public const string OneOfLoanAccount = "ix_payment_references_loan_account_id";

    public void Configure(EntityTypeBuilder<PaymentReference> builder)
    {
        builder.ToTable(
            "payment_references",
            table => table.HasCheckConstraint("ck_payment_references_reference", "reference ~ '^RF[0-9]{2}[A-Z0-9]+$'")
        );
        builder.Property(reference => reference.Id).ValueGeneratedNever();
        builder.Property(reference => reference.Reference).HasMaxLength(PaymentReference.MaximumLength);
        builder.HasIndex(reference => reference.LoanAccountId).IsUnique().HasDatabaseName(OneOfLoanAccount);
        builder.HasIndex(reference => new { reference.OrganizationId, reference.Reference }).IsUnique();
        builder.HasIndex(reference => reference.CustomerId);
    }
}
