using Lending.Payments.Collections;
using Lending.Payments.Mandates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of runs.</summary>
internal sealed class CollectionRunConfiguration : IEntityTypeConfiguration<CollectionRun>
{
    public void Configure(EntityTypeBuilder<CollectionRun> builder) => BankRunConfiguration.Configure(builder, "collection_runs");
}

/// <summary>The table of debits. Of two runs that would collect the same instalment, one wins.</summary>
internal sealed class CollectionConfiguration : IEntityTypeConfiguration<Collection>
{
    /// <summary>The name of the index that lets an attempt be made once.</summary>
    public const string OneAttempt = "ux_collections_attempt";

    public void Configure(EntityTypeBuilder<Collection> builder)
    {
        builder.Property(collection => collection.Id).ValueGeneratedNever();
        builder.Property(collection => collection.Sequence).HasConversion<string>().HasMaxLength(16);
        builder.Property(collection => collection.EndToEndId).HasMaxLength(Collection.EndToEndIdLength);
        builder.Property(collection => collection.PartId).HasMaxLength(Collection.MaximumPartIdLength);
        // PostgreSQL would write the filter of the index below another way for varchar.
        builder.Property(collection => collection.Status).HasConversion<string>().HasColumnType("text");
        builder.Property(collection => collection.ReasonCode).HasMaxLength(Mandate.MaximumReasonLength);
        builder.Property(collection => collection.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder
            .HasIndex(collection => new
            {
                collection.LoanAccountId,
                collection.DueOn,
                collection.Attempt,
            })
            .IsUnique()
            .HasFilter("status <> 'Cancelled'")
            .HasDatabaseName(OneAttempt);
        builder.HasIndex(collection => new { collection.OrganizationId, collection.EndToEndId }).IsUnique();
        builder.HasIndex(collection => new { collection.OrganizationId, collection.PartId });
        builder.HasIndex(collection => collection.CustomerId);
        builder.HasIndex(collection => new
        {
            collection.OrganizationId,
            collection.CreatedAt,
            collection.Id,
        });
        // With the organisation, so that no debit hangs on a run or a mandate of another one.
        builder
            .HasOne<CollectionRun>()
            .WithMany()
            .HasForeignKey(collection => new { collection.CollectionRunId, collection.OrganizationId })
            .HasPrincipalKey(run => new { run.Id, run.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Mandate>()
            .WithMany()
            .HasForeignKey(collection => new { collection.MandateId, collection.OrganizationId })
            .HasPrincipalKey(mandate => new { mandate.Id, mandate.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_collections_amount", "amount > 0");
            table.HasCheckConstraint("ck_collections_attempt", "attempt > 0");
            table.HasCheckConstraint("ck_collections_sequence", "sequence IN ('First', 'Recurring', 'Final', 'OneOff')");
            table.HasCheckConstraint("ck_collections_status", "status IN ('Planned', 'Sent', 'Paid', 'Rejected', 'Returned', 'Cancelled')");
            table.HasCheckConstraint("ck_collections_failed_on", "(failed_on IS NOT NULL) = (status IN ('Rejected', 'Returned'))");
        });
    }
}
