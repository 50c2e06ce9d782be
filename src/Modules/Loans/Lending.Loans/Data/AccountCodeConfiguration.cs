using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of codes for customers who are logged in, one for an offer.</summary>
internal sealed class AccountCodeConfiguration : IEntityTypeConfiguration<AccountCode>
{
    public void Configure(EntityTypeBuilder<AccountCode> builder)
    {
        builder.HasKey(code => code.OfferId);
        builder.HasOne(code => code.Offer).WithOne().HasForeignKey<AccountCode>(code => code.OfferId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table => CodeColumns.AddChecks(table, "account_codes"));
    }
}
