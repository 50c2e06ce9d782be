using Lending.Loans.Products;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

internal sealed class LoanProductConfiguration : IEntityTypeConfiguration<LoanProduct>
{
    /// <summary>The index that keeps names unique in an organisation.</summary>
    public const string UniqueName = "ux_products_name";

    public void Configure(EntityTypeBuilder<LoanProduct> builder)
    {
        builder.Property(product => product.Id).ValueGeneratedNever();
        builder.Property(product => product.Name).HasMaxLength(LoanProduct.MaximumNameLength);
        builder.Property(product => product.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(product => product.CreatedBy);
        builder
            .HasMany(product => product.Versions)
            .WithOne(version => version.Product)
            .HasForeignKey(version => version.ProductId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(product => new { product.OrganizationId, product.NormalizedName }).IsUnique().HasDatabaseName(UniqueName);
        builder
            .HasIndex(product => new
            {
                product.OrganizationId,
                product.CreatedAt,
                product.Id,
            })
            .IsDescending(false, true, true);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_products_name", "name <> '' AND name = btrim(name)");
            table.HasCheckConstraint("ck_products_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_products_current_version", "current_version > 0");
        });
    }
}
