using Lending.Customers.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Customers.Data;

internal sealed class RetentionRuleConfiguration : IEntityTypeConfiguration<RetentionRule>
{
    /// <summary>The key, which the second of two breaks who set rules at once.</summary>
    public const string OneForRecords = "pk_retention_rules";

    public void Configure(EntityTypeBuilder<RetentionRule> builder)
    {
        builder.ToTable(
            "retention_rules",
            table => table.HasCheckConstraint("ck_retention_rules_months", $"months BETWEEN 1 AND {RetentionRule.MaximumMonths}")
        );
        builder.HasKey(rule => new { rule.OrganizationId, rule.Records }).HasName(OneForRecords);
        builder.Property(rule => rule.Records).HasMaxLength(RetentionRule.MaximumNameLength);
        builder.ComplexProperty(rule => rule.SetBy);
    }
}

internal sealed class RetentionReportConfiguration : IEntityTypeConfiguration<RetentionReport>
{
    public void Configure(EntityTypeBuilder<RetentionReport> builder)
    {
        builder.ToTable("retention_reports", table => table.HasCheckConstraint("ck_retention_reports_deleted", "deleted >= 0"));
        builder.Property(report => report.Id).ValueGeneratedNever();
        builder.Property(report => report.Records).HasMaxLength(RetentionRule.MaximumNameLength);
        builder
            .HasIndex(report => new
            {
                report.OrganizationId,
                report.Records,
                report.Day,
            })
            .IsUnique();
        builder.HasIndex(report => new
        {
            report.OrganizationId,
            report.CreatedAt,
            report.Id,
        });
    }
}
