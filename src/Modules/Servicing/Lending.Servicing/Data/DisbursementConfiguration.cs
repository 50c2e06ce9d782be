using Lending.Servicing.Disbursements;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of payouts that were asked for.</summary>
internal sealed class DisbursementConfiguration : IEntityTypeConfiguration<Disbursement>
{
    /// <summary>The key: a payout has its id for itself.</summary>
    public const string UniqueId = "pk_disbursements";

    public void Configure(EntityTypeBuilder<Disbursement> builder)
    {
        builder.ToTable("disbursements", table => table.HasCheckConstraint("ck_disbursements_amount", "amount > 0"));
        builder.HasKey(disbursement => disbursement.Id).HasName(UniqueId);
        builder.Property(disbursement => disbursement.Id).ValueGeneratedNever();
        builder.Property(disbursement => disbursement.Status).HasConversion<string>();
        builder.Property(disbursement => disbursement.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(disbursement => disbursement.RequestedBy);
        builder.HasIndex(disbursement => new
        {
            disbursement.LoanAccountId,
            disbursement.CreatedAt,
            disbursement.Id,
        });
        // An account in which nothing was booked may go, with what was only asked for.
        builder
            .HasOne<LoanAccount>()
            .WithMany()
            .HasForeignKey(disbursement => disbursement.LoanAccountId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
