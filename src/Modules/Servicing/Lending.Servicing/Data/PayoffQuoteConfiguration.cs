using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of payoff quotes: told once, never changed.</summary>
internal sealed class PayoffQuoteConfiguration : IEntityTypeConfiguration<PayoffQuote>
{
    public void Configure(EntityTypeBuilder<PayoffQuote> builder)
    {
        builder.ToTable("payoff_quotes", table => table.HasCheckConstraint("ck_payoff_quotes_event_count", "event_count > 0"));
        builder.Property(quote => quote.Id).ValueGeneratedNever();
        builder.ComplexProperty(quote => quote.CreatedBy);
        builder.HasIndex(quote => new
        {
            quote.LoanAccountId,
            quote.CreatedAt,
            quote.Id,
        });
        builder.HasOne<LoanAccount>().WithMany().HasForeignKey(quote => quote.LoanAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
