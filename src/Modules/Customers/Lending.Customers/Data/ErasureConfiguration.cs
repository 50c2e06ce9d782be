using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Customers.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Customers.Data;

internal sealed class ErasureConfiguration : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasures");
        builder.HasKey(erasure => erasure.CustomerId);
        builder.Property(erasure => erasure.CustomerId).ValueGeneratedNever();
        builder.ComplexProperty(erasure => erasure.ErasedBy);
        builder
            .Property(erasure => erasure.Kept)
            .HasColumnType("jsonb")
            .HasConversion(
                kept => JsonSerializer.Serialize(kept, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<List<KeptRecord>>(json, JsonSerializerOptions.Web)!,
                // Never changed, so nothing has to be compared.
                new ValueComparer<IReadOnlyList<KeptRecord>>((one, other) => ReferenceEquals(one, other), kept => kept.Count)
            );
    }
}
