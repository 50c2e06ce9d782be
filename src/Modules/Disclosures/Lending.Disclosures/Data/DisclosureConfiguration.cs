using System.Security.Cryptography;
using Lending.Disclosures.Disclosures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Disclosures.Data;

/// <summary>The table of what was given, to which rows are only ever added.</summary>
internal sealed class DisclosureConfiguration : IEntityTypeConfiguration<Disclosure>
{
    public void Configure(EntityTypeBuilder<Disclosure> builder)
    {
        builder.Property(disclosure => disclosure.Id).ValueGeneratedNever();
        builder.Property(disclosure => disclosure.Language).HasMaxLength(10);
        builder
            .Property(disclosure => disclosure.Medium)
            .HasConversion(medium => medium.ToString().ToUpperInvariant(), text => Enum.Parse<DisclosureMedium>(text, ignoreCase: true))
            .HasMaxLength(10);
        builder.ComplexProperty(disclosure => disclosure.IssuedBy);
        builder.HasIndex(disclosure => new
        {
            disclosure.OfferId,
            disclosure.CreatedAt,
            disclosure.Id,
        });
        builder.HasIndex(disclosure => disclosure.CustomerId);
        builder.HasIndex(disclosure => disclosure.FormHash);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_disclosures_offer_version", "offer_version > 0");
            table.HasCheckConstraint("ck_disclosures_offer_hash", $"length(offer_hash) = {SHA256.HashSizeInBytes}");
            table.HasCheckConstraint("ck_disclosures_content_format_version", "content_format_version > 0");
            table.HasCheckConstraint("ck_disclosures_form_hash", $"length(form_hash) = {SHA256.HashSizeInBytes}");
            table.HasCheckConstraint("ck_disclosures_medium", "medium IN ('EMAIL', 'LINK', 'PAPER')");
        });
    }
}
