using Lending.Loans.Contracts;
using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of accounts: one for an accepted offer.</summary>
internal sealed class LoanAccountConfiguration : IEntityTypeConfiguration<LoanAccount>
{
    public void Configure(EntityTypeBuilder<LoanAccount> builder)
    {
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.Currency).HasMaxLength(3);
        builder
            .Property(account => account.RegulatoryRegime)
            .HasConversion(regime => regime.ToString().ToUpperInvariant(), text => Enum.Parse<RegulatoryRegime>(text, true));
        // The version before writes neither: all its borrowers are consumers, and land secures nothing.
        builder
            .Property(account => account.BorrowerKind)
            .HasConversion<string>()
            .HasDefaultValue(BorrowerKind.Consumer)
            .ValueGeneratedNever();
        builder.Property(account => account.IsSecuredByLand).HasDefaultValue(false).ValueGeneratedNever();
        // The version before does not write it, and books by the first rules.
        builder.Property(account => account.RulesVersion).HasDefaultValue(1).ValueGeneratedNever();
        // An event that comes twice opens one account.
        builder.HasIndex(account => account.OfferId).IsUnique();
        builder.HasIndex(account => new
        {
            account.OrganizationId,
            account.CreatedAt,
            account.Id,
        });
        builder.HasIndex(account => account.CustomerId);
        builder.HasIndex(account => new
        {
            account.OrganizationId,
            account.InstallerId,
            account.CreatedAt,
            account.Id,
        });
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_loan_accounts_principal", "principal > 0");
            table.HasCheckConstraint("ck_loan_accounts_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_loan_accounts_regulatory_regime", "regulatory_regime IN ('CCD1', 'CCD2')");
            table.HasCheckConstraint("ck_loan_accounts_borrower_kind", "borrower_kind IN ('Consumer', 'Business')");
            table.HasCheckConstraint("ck_loan_accounts_rules_version", "rules_version >= 1");
            table.HasCheckConstraint("ck_loan_accounts_product", "(product_id IS NULL) = (product_version IS NULL)");
        });
    }
}

/// <summary>The table of standings: one for each account.</summary>
internal sealed class LoanStandingConfiguration : IEntityTypeConfiguration<LoanStanding>
{
    /// <summary>The key: an account has one.</summary>
    public const string UniqueAccount = "pk_loan_standings";

    public void Configure(EntityTypeBuilder<LoanStanding> builder)
    {
        builder.HasKey(standing => standing.LoanAccountId).HasName(UniqueAccount);
        builder.Property(standing => standing.LoanAccountId).ValueGeneratedNever();
        builder.Property(standing => standing.Status).HasConversion<string>();
        builder.Property(standing => standing.Plan).HasColumnType("jsonb");
        // For the day run: which organisations have something due, and their accounts in the order of days. Settled accounts are not in it.
        builder
            .HasIndex(standing => new
            {
                standing.NextOn,
                standing.OrganizationId,
                standing.LoanAccountId,
            })
            .HasFilter("next_on IS NOT NULL");
        // For lists: the few accounts in a rare state, and those that are late for so many days or more.
        builder.HasIndex(standing => new
        {
            standing.OrganizationId,
            standing.Status,
            standing.LoanAccountId,
        });
        builder
            .HasIndex(standing => new
            {
                standing.OrganizationId,
                standing.OverdueSince,
                standing.LoanAccountId,
            })
            .HasFilter("overdue_since IS NOT NULL");
        builder
            .HasOne<LoanAccount>()
            .WithOne()
            .HasForeignKey<LoanStanding>(standing => standing.LoanAccountId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The table of events. Two who record at once cannot both get the same number.</summary>
internal sealed class LoanEventConfiguration : IEntityTypeConfiguration<LoanEventRow>
{
    /// <summary>The key: an event has its id for itself, on whichever account.</summary>
    public const string UniqueId = "pk_loan_events";

    /// <summary>The name of the index that lets one of two win.</summary>
    public const string UniqueNumber = "ix_loan_events_loan_account_id_number";

    /// <summary>The name of the index that lets an event be reversed once.</summary>
    public const string ReversedOnce = "ix_loan_events_reverses_id_loan_account_id";

    public void Configure(EntityTypeBuilder<LoanEventRow> builder)
    {
        builder.ToTable("loan_events", table => table.HasCheckConstraint("ck_loan_events_number", "number > 0"));
        builder.HasKey(happened => happened.Id).HasName(UniqueId);
        builder.Property(happened => happened.Id).ValueGeneratedNever();
        builder.ComplexProperty(happened => happened.RecordedBy);
        builder.HasIndex(happened => new { happened.LoanAccountId, happened.Number }).IsUnique().HasDatabaseName(UniqueNumber);
        builder.HasIndex(happened => new { happened.ReversesId, happened.LoanAccountId }).IsUnique().HasDatabaseName(ReversedOnce);
        builder.HasOne<LoanAccount>().WithMany().HasForeignKey(happened => happened.LoanAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<LoanEventRow>().WithMany().HasForeignKey(happened => happened.ReversesId).OnDelete(DeleteBehavior.Restrict);
    }
}
