using Lending.Loans.Products;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of products' versions, to which rows are only ever added.</summary>
internal sealed class ProductVersionConfiguration : IEntityTypeConfiguration<ProductVersion>
{
    /// <summary>The key that keeps numbers unique in a product; the loser of a race breaks it.</summary>
    public const string UniqueNumber = "ux_product_versions_product_id_number";

    public void Configure(EntityTypeBuilder<ProductVersion> builder)
    {
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder
            .Property(version => version.Content)
            .HasColumnType("jsonb")
            .HasConversion(content => content.ToJson(), json => ProductContent.Parse(json));
        builder.ComplexProperty(version => version.CreatedBy);
        builder.HasAlternateKey(version => new { version.ProductId, version.Number }).HasName(UniqueNumber);
        builder.ToTable(table => table.HasCheckConstraint("ck_product_versions_number", "number > 0"));
    }
}
