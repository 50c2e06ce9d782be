using Lending.Payments.Collections;
using Lending.Payments.Payouts;
using Lending.Payments.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of files that were imported.</summary>
internal sealed class BankStatementFileConfiguration : IEntityTypeConfiguration<BankStatementFile>
{
    /// <summary>The name of the index that lets a file be imported once.</summary>
    public const string OneOfContent = "ix_bank_statement_files_organization_id_content_hash";

    public void Configure(EntityTypeBuilder<BankStatementFile> builder)
    {
        builder.Property(file => file.Id).ValueGeneratedNever();
        builder.Property(file => file.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(file => file.MessageId).HasMaxLength(BankStatementFile.MaximumMessageIdLength);
        builder.Property(file => file.ContentHash).HasMaxLength(BankStatementFile.HashLength);
        builder.ComplexProperty(file => file.CreatedBy);
        builder.HasIndex(file => new { file.OrganizationId, file.ContentHash }).IsUnique().HasDatabaseName(OneOfContent);
        builder.HasIndex(file => new
        {
            file.OrganizationId,
            file.CreatedAt,
            file.Id,
        });
        builder.ToTable(
            "bank_statement_files",
            table => table.HasCheckConstraint("ck_bank_statement_files_kind", "kind IN ('Statement', 'Notification', 'StatusReport')")
        );
    }
}

/// <summary>The table of lines. What stands in one place of what a bank sends is there once.</summary>
internal sealed class BankLineConfiguration : IEntityTypeConfiguration<BankLine>
{
    /// <summary>The name of the index that lets a line be imported once.</summary>
    public const string OnePlace = "ux_bank_lines_place";

    public void Configure(EntityTypeBuilder<BankLine> builder)
    {
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.Property(line => line.Source).HasConversion<string>().HasMaxLength(16);
        builder.Property(line => line.Account).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.StatementId).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.BankReference).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.Currency).HasMaxLength(3);
        builder.Property(line => line.EndToEndId).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.PartId).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.Reference).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.ReasonCode).HasMaxLength(BankLine.MaximumIdLength);
        builder.Property(line => line.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(line => line.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.Ignore(line => line.Place);
        builder
            .HasIndex(line => new
            {
                line.OrganizationId,
                line.Account,
                line.StatementId,
                line.Page,
                line.Entry,
                line.Detail,
            })
            .IsUnique()
            .HasDatabaseName(OnePlace);
        builder.HasIndex(line => new
        {
            line.OrganizationId,
            line.CreatedAt,
            line.Id,
        });
        builder.HasIndex(line => new { line.OrganizationId, line.BankReference }).HasFilter("bank_reference IS NOT NULL");
        builder.HasIndex(line => line.CustomerId);
        builder
            .HasOne<BankStatementFile>()
            .WithMany()
            .HasForeignKey(line => new { line.BankStatementFileId, line.OrganizationId })
            .HasPrincipalKey(file => new { file.Id, file.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_bank_lines_place", "page > 0 AND entry > 0 AND detail >= 0");
            table.HasCheckConstraint("ck_bank_lines_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_bank_lines_status", "status IN ('New', 'Booked', 'Open', 'Dismissed', 'Known')");
        });
    }
}

/// <summary>The table of work items.</summary>
internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.Property(item => item.Id).ValueGeneratedNever();
        builder.Property(item => item.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(item => item.Explanation).HasMaxLength(WorkItem.MaximumExplanationLength);
        builder.PrimitiveCollection(item => item.SuggestedLoanAccountIds);
        builder.Property(item => item.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(item => item.DismissalReason).HasMaxLength(WorkItem.MaximumReasonLength);
        builder.Property(item => item.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(item => item.ResolvedBy);
        builder.HasIndex(item => new
        {
            item.OrganizationId,
            item.CreatedAt,
            item.Id,
        });
        builder
            .HasOne<BankLine>()
            .WithMany()
            .HasForeignKey(item => new { item.BankLineId, item.OrganizationId })
            .HasPrincipalKey(line => new { line.Id, line.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Collection>()
            .WithMany()
            .HasForeignKey(item => new { item.CollectionId, item.OrganizationId })
            .HasPrincipalKey(collection => new { collection.Id, collection.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Payout>()
            .WithMany()
            .HasForeignKey(item => new { item.PayoutId, item.OrganizationId })
            .HasPrincipalKey(payout => new { payout.Id, payout.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_work_items_explanation", "explanation <> ''");
            table.HasCheckConstraint("ck_work_items_status", "status IN ('Open', 'Assigned', 'Dismissed')");
            table.HasCheckConstraint("ck_work_items_resolved_at", "(resolved_at IS NULL) = (status = 'Open')");
            table.HasCheckConstraint("ck_work_items_dismissal_reason", "(dismissal_reason IS NOT NULL) = (status = 'Dismissed')");
        });
    }
}
