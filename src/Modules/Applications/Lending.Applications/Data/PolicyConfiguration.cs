using Lending.Applications.Assessments;
using Lending.Applications.Policies;
using Lending.Applications.Scoring;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Applications.Data;

/// <summary>The table of organisations' policies.</summary>
internal sealed class PolicyConfiguration : IEntityTypeConfiguration<Policy>
{
    /// <summary>The index that lets no two be called alike.</summary>
    public const string OneOfVersion = "ix_policies_organization_id_version";

    /// <summary>The index that lets one be live, and one be the shadow.</summary>
    public const string OneInUse = "ux_policies_organization_id_status";

    public void Configure(EntityTypeBuilder<Policy> builder)
    {
        builder.ToTable(
            "policies",
            table =>
            {
                table.HasCheckConstraint("ck_policies_status", $"status IN ({EnumText.ListOf<PolicyStatus>()})");
                table.HasCheckConstraint("ck_policies_replayed_at", "status <> 'LIVE' OR replayed_at IS NOT NULL");
            }
        );
        builder.Property(policy => policy.Id).ValueGeneratedNever();
        builder.Property(policy => policy.Status).HasConversion(new EnumText.Converter<PolicyStatus>()).HasColumnType("text");
        builder.Property(policy => policy.Version).HasMaxLength(CreditPolicyRules.MostCharacters);
        builder.Property(policy => policy.Content).HasColumnType("jsonb");
        builder.Property(policy => policy.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(policy => policy.ChangedBy);
        builder.HasIndex(policy => new { policy.OrganizationId, policy.Version }, OneOfVersion).IsUnique();
        builder
            .HasIndex(policy => new { policy.OrganizationId, policy.Status }, OneInUse)
            .IsUnique()
            .HasFilter("status IN ('LIVE', 'SHADOW')");
        builder.HasIndex(policy => new
        {
            policy.OrganizationId,
            policy.CreatedAt,
            policy.Id,
        });
    }
}

/// <summary>The table of what shadows would have decided.</summary>
internal sealed class ShadowDecisionConfiguration : IEntityTypeConfiguration<ShadowDecision>
{
    public void Configure(EntityTypeBuilder<ShadowDecision> builder)
    {
        builder.ToTable(
            "shadow_decisions",
            table => table.HasCheckConstraint("ck_shadow_decisions_outcome", $"outcome IN ({EnumText.ListOf<DecisionOutcome>()})")
        );
        builder.HasKey(shadow => shadow.DecisionId);
        builder.Property(shadow => shadow.DecisionId).ValueGeneratedNever();
        builder.Property(shadow => shadow.Outcome).HasConversion(new EnumText.Converter<DecisionOutcome>());
        // It goes with the application.
        builder
            .HasOne<AutomaticDecision>()
            .WithOne()
            .HasForeignKey<ShadowDecision>(shadow => shadow.DecisionId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Policy>().WithMany().HasForeignKey(shadow => shadow.PolicyId).OnDelete(DeleteBehavior.Restrict);
    }
}
