using Lending.Servicing.Dunning;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of dunning levels: one row for each organisation that has set them.</summary>
internal sealed class DunningPolicyConfiguration : IEntityTypeConfiguration<DunningPolicy>
{
    /// <summary>The key, which the second of two breaks who set levels at once.</summary>
    public const string OneForOrganization = "pk_dunning_policies";

    public void Configure(EntityTypeBuilder<DunningPolicy> builder)
    {
        builder.ToTable(
            "dunning_policies",
            table => table.HasCheckConstraint("ck_dunning_policies_closing_tolerance", "closing_tolerance BETWEEN 0 AND 20")
        );
        builder.HasKey(policy => policy.OrganizationId).HasName(OneForOrganization);
        builder.Property(policy => policy.OrganizationId).ValueGeneratedNever();
        // The version before does not write it.
        builder.Property(policy => policy.ClosingTolerance).HasDefaultValue(0m).ValueGeneratedNever();
        builder.ComplexProperty(policy => policy.SetBy);
    }
}

/// <summary>The table of letters.</summary>
internal sealed class DunningLetterConfiguration : IEntityTypeConfiguration<DunningLetter>
{
    /// <summary>The key: a letter has its id for itself, on whichever account.</summary>
    public const string UniqueId = "pk_dunning_letters";

    public void Configure(EntityTypeBuilder<DunningLetter> builder)
    {
        builder.ToTable("dunning_letters", table => table.HasCheckConstraint("ck_dunning_letters_level", "level > 0"));
        builder.HasKey(letter => letter.Id).HasName(UniqueId);
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.ComplexProperty(letter => letter.CreatedBy);
        builder.HasIndex(letter => new
        {
            letter.LoanAccountId,
            letter.CreatedAt,
            letter.Id,
        });
        builder.HasOne<LoanAccount>().WithMany().HasForeignKey(letter => letter.LoanAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The table of forbearance that was offered.</summary>
internal sealed class ForbearanceOfferConfiguration : IEntityTypeConfiguration<ForbearanceOffer>
{
    /// <summary>The key: an offer has its id for itself, on whichever account.</summary>
    public const string UniqueId = "pk_forbearance_offers";

    public void Configure(EntityTypeBuilder<ForbearanceOffer> builder)
    {
        builder.ToTable(
            "forbearance_offers",
            table => table.HasCheckConstraint("ck_forbearance_offers_months", "months BETWEEN 1 AND 120")
        );
        builder.HasKey(offer => offer.Id).HasName(UniqueId);
        builder.Property(offer => offer.Id).ValueGeneratedNever();
        builder.Property(offer => offer.Kind).HasConversion<string>();
        builder.ComplexProperty(offer => offer.CreatedBy);
        builder.HasIndex(offer => new
        {
            offer.LoanAccountId,
            offer.CreatedAt,
            offer.Id,
        });
        builder.HasOne<LoanAccount>().WithMany().HasForeignKey(offer => offer.LoanAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
