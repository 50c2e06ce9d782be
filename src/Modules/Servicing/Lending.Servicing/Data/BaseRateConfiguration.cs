using Lending.Servicing.Rates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of base rates, which belong to no organisation: one for a half-year.</summary>
internal sealed class BaseRateConfiguration : IEntityTypeConfiguration<BaseRateRow>
{
    /// <summary>The key, which the second of two breaks who enter one at once.</summary>
    public const string OneForHalfYear = "pk_base_rates";

    public void Configure(EntityTypeBuilder<BaseRateRow> builder)
    {
        builder.ToTable(
            "base_rates",
            table =>
                table.HasCheckConstraint("ck_base_rates_from", "extract(day FROM \"from\") = 1 AND extract(month FROM \"from\") IN (1, 7)")
        );
        builder.HasKey(rate => rate.From).HasName(OneForHalfYear);
        builder.Property(rate => rate.Source).HasMaxLength(BaseRateRow.MaximumSourceLength);
        builder.ComplexProperty(rate => rate.EnteredBy);
    }
}
