using Lending.Applications.CreditApplications;
using Lending.Applications.Risk;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Applications.Data;

/// <summary>The table of scores.</summary>
internal sealed class RiskAssessmentConfiguration : IEntityTypeConfiguration<RiskAssessment>
{
    public void Configure(EntityTypeBuilder<RiskAssessment> builder)
    {
        builder.ToTable(
            "risk_assessments",
            table =>
            {
                table.HasCheckConstraint("ck_risk_assessments_score", "score BETWEEN 0 AND 1");
                table.HasCheckConstraint("ck_risk_assessments_level", $"level IN ({EnumText.ListOf<RiskLevel>()})");
                table.HasCheckConstraint("ck_risk_assessments_label", $"label IN ({EnumText.ListOf<RiskLabel>()})");
                table.HasCheckConstraint(
                    "ck_risk_assessments_labelled_at",
                    "num_nulls(label, labelled_at, labelled_by_id, labelled_by_username) IN (0, 4)"
                );
            }
        );
        builder.HasKey(risk => risk.ApplicationId);
        builder.Property(risk => risk.ApplicationId).ValueGeneratedNever();
        builder.Property(risk => risk.Score).HasPrecision(5, 4);
        builder.Property(risk => risk.Level).HasConversion(new EnumText.Converter<RiskLevel>());
        builder.Property(risk => risk.Label).HasConversion(new EnumText.Converter<RiskLabel>());
        builder
            .HasOne<CreditApplication>()
            .WithOne()
            .HasForeignKey<RiskAssessment>(risk => risk.ApplicationId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(risk => new { risk.OrganizationId, risk.CreatedAt });
        builder.HasIndex(risk => new { risk.OrganizationId, risk.LabelledAt }).HasFilter("labelled_at IS NOT NULL");
    }
}

/// <summary>The table of what applications have in common.</summary>
internal sealed class RiskKeyConfiguration : IEntityTypeConfiguration<RiskKey>
{
    public void Configure(EntityTypeBuilder<RiskKey> builder)
    {
        builder.ToTable("risk_keys", table => table.HasCheckConstraint("ck_risk_keys_kind", $"kind IN ({EnumText.ListOf<RiskKeyKind>()})"));
        builder.HasKey(key => new
        {
            key.ApplicationId,
            key.Kind,
            key.Hash,
        });
        builder.Property(key => key.Kind).HasConversion(new EnumText.Converter<RiskKeyKind>());
        builder.HasOne<CreditApplication>().WithMany().HasForeignKey(key => key.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(key => new
        {
            key.OrganizationId,
            key.Kind,
            key.Hash,
            key.At,
        });
        builder.HasIndex(key => key.At);
    }
}
