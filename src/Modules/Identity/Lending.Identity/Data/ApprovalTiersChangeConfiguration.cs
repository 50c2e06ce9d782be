using Lending.Identity.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

/// <summary>The table of changes of approval tiers. Nobody confirms what they proposed, and an organisation has one open proposal at most.</summary>
internal sealed class ApprovalTiersChangeConfiguration : IEntityTypeConfiguration<ApprovalTiersChange>
{
    /// <summary>The index that allows an organisation one open proposal.</summary>
    public const string OneOpen = "ux_approval_tiers_changes_open";

    public void Configure(EntityTypeBuilder<ApprovalTiersChange> change)
    {
        change.ToTable(
            "approval_tiers_changes",
            table =>
            {
                table.HasCheckConstraint("ck_approval_tiers_changes_tiers", ApprovalTiersColumn.Check("tiers"));
                table.HasCheckConstraint("ck_approval_tiers_changes_status", "status IN ('PROPOSED', 'CONFIRMED', 'REJECTED')");
                table.HasCheckConstraint(
                    "ck_approval_tiers_changes_decision",
                    "num_nulls(decided_by_id, decided_by_username, decided_at) = CASE status WHEN 'PROPOSED' THEN 3 ELSE 0 END"
                );
                table.HasCheckConstraint(
                    "ck_approval_tiers_changes_confirmation",
                    "status <> 'CONFIRMED' OR decided_by_id <> proposed_by_id"
                );
            }
        );
        change.Property(row => row.Id).ValueGeneratedNever();
        change.Property(row => row.Tiers).AreApprovalTiers();
        change
            .Property(row => row.Status)
            .HasConversion(status => status.ToString().ToUpperInvariant(), text => Enum.Parse<ApprovalTiersChangeStatus>(text, true));
        change.ComplexProperty(row => row.ProposedBy);
        change.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        change.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(row => row.OrganizationId, OneOpen).IsUnique().HasFilter("status = 'PROPOSED'");
        change
            .HasIndex(row => new
            {
                row.OrganizationId,
                row.CreatedAt,
                row.Id,
            })
            .IsDescending(false, true, true);
    }
}
