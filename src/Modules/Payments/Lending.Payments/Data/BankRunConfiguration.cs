using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>What tables of runs have in common.</summary>
internal static class BankRunConfiguration
{
    public static void Configure<T>(EntityTypeBuilder<T> builder, string tableName)
        where T : BankRun
    {
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(run => run.MessageId).HasMaxLength(BankRun.MessageIdLength);
        builder.Property(run => run.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(run => run.CreatedBy);
        builder.ComplexProperty(run => run.DecidedBy);
        builder.HasIndex(run => new
        {
            run.OrganizationId,
            run.CreatedAt,
            run.Id,
        });
        builder.HasIndex(run => new { run.OrganizationId, run.MessageId }).IsUnique();
        builder.ToTable(table =>
        {
            table.HasCheckConstraint($"ck_{tableName}_status", "status IN ('Draft', 'Released', 'Cancelled')");
            table.HasCheckConstraint($"ck_{tableName}_decided_at", "(decided_at IS NULL) = (status = 'Draft')");
            table.HasCheckConstraint($"ck_{tableName}_released", "(file IS NOT NULL) = (status = 'Released')");
            table.HasCheckConstraint($"ck_{tableName}_second_person", "status <> 'Released' OR decided_by_id <> created_by_id");
        });
    }
}
