using Lending.Payments.Payees;
using Lending.Payments.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of accounts to which money goes. Of two persons, one records and the other verifies.</summary>
internal sealed class PayeeAccountConfiguration : IEntityTypeConfiguration<PayeeAccount>
{
    public void Configure(EntityTypeBuilder<PayeeAccount> builder)
    {
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.HolderName).HasMaxLength(AccountParty.MaximumNameLength);
        builder.Property(account => account.Bic).HasMaxLength(AccountParty.MaximumBicLength);
        builder.Property(account => account.Street).HasMaxLength(AccountParty.MaximumAddressLength);
        builder.Property(account => account.BuildingNumber).HasMaxLength(AccountParty.MaximumCodeLength);
        builder.Property(account => account.PostCode).HasMaxLength(AccountParty.MaximumCodeLength);
        builder.Property(account => account.Town).HasMaxLength(AccountParty.MaximumTownLength);
        builder.Property(account => account.Country).HasMaxLength(2);
        builder.Property(account => account.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(account => account.Method).HasConversion<string>().HasMaxLength(16);
        builder.Property(account => account.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(account => account.CreatedBy);
        builder.ComplexProperty(account => account.VerifiedBy);
        builder.HasIndex(account => account.CustomerId);
        builder.HasIndex(account => new
        {
            account.OrganizationId,
            account.CreatedAt,
            account.Id,
        });
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_payee_accounts_owner", "customer_id IS NULL OR installer_id IS NULL");
            table.HasCheckConstraint("ck_payee_accounts_holder_name", "holder_name <> ''");
            table.HasCheckConstraint("ck_payee_accounts_town", "town <> ''");
            table.HasCheckConstraint("ck_payee_accounts_country", "country ~ '^[A-Z]{2}$'");
            table.HasCheckConstraint("ck_payee_accounts_status", "status IN ('Unverified', 'Verified', 'Retired')");
            table.HasCheckConstraint("ck_payee_accounts_method", "method IN ('BankAnswer', 'Document')");
            table.HasCheckConstraint(
                "ck_payee_accounts_verified",
                "(verified_at IS NULL) = (method IS NULL) AND (status <> 'Verified' OR verified_at IS NOT NULL)"
            );
            table.HasCheckConstraint("ck_payee_accounts_second_person", "verified_at IS NULL OR verified_by_id <> created_by_id");
        });
    }
}

/// <summary>The table of runs.</summary>
internal sealed class PayoutRunConfiguration : IEntityTypeConfiguration<PayoutRun>
{
    public void Configure(EntityTypeBuilder<PayoutRun> builder) => BankRunConfiguration.Configure(builder, "payout_runs");
}

/// <summary>The table of transfers. Money of an event is on its way, or has arrived, once.</summary>
internal sealed class PayoutConfiguration : IEntityTypeConfiguration<Payout>
{
    /// <summary>The name of the index that lets one run have a payout.</summary>
    public const string OnceInRuns = "ux_payouts_loan_event_id";

    public void Configure(EntityTypeBuilder<Payout> builder)
    {
        builder.Property(payout => payout.Id).ValueGeneratedNever();
        builder.Property(payout => payout.EndToEndId).HasMaxLength(Payout.EndToEndIdLength);
        builder.Property(payout => payout.PartId).HasMaxLength(Payout.MaximumPartIdLength);
        // PostgreSQL would write the filter of the index below another way for varchar.
        builder.Property(payout => payout.Status).HasConversion<string>().HasColumnType("text");
        builder.Property(payout => payout.ReasonCode).HasMaxLength(Payout.MaximumReasonLength);
        builder.Property(payout => payout.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder
            .HasIndex(payout => payout.LoanEventId)
            .IsUnique()
            .HasFilter("status <> 'Cancelled' AND status <> 'Rejected' AND status <> 'Returned'")
            .HasDatabaseName(OnceInRuns);
        builder.HasIndex(payout => new { payout.OrganizationId, payout.EndToEndId }).IsUnique();
        builder.HasIndex(payout => new { payout.OrganizationId, payout.PartId });
        builder.HasIndex(payout => payout.LoanAccountId);
        builder.HasIndex(payout => payout.CustomerId);
        builder.HasIndex(payout => new
        {
            payout.OrganizationId,
            payout.CreatedAt,
            payout.Id,
        });
        // With the organisation, so that no payout hangs on a run or an account of another one.
        builder
            .HasOne<PayoutRun>()
            .WithMany()
            .HasForeignKey(payout => new { payout.PayoutRunId, payout.OrganizationId })
            .HasPrincipalKey(run => new { run.Id, run.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<PayeeAccount>()
            .WithMany()
            .HasForeignKey(payout => new { payout.PayeeAccountId, payout.OrganizationId })
            .HasPrincipalKey(account => new { account.Id, account.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_payouts_amount", "amount > 0");
            table.HasCheckConstraint("ck_payouts_status", "status IN ('Planned', 'Sent', 'Settled', 'Rejected', 'Returned', 'Cancelled')");
            table.HasCheckConstraint("ck_payouts_settled_on", "settled_on IS NOT NULL OR status <> 'Settled'");
            table.HasCheckConstraint("ck_payouts_failed_on", "(failed_on IS NOT NULL) = (status IN ('Rejected', 'Returned'))");
        });
    }
}
