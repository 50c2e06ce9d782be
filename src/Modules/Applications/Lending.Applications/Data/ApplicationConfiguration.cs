using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Applications.Data;

/// <summary>The table of applications. What they say is one encrypted text, so the entity alone checks that.</summary>
internal sealed class ApplicationConfiguration : IEntityTypeConfiguration<CreditApplication>
{
    public void Configure(EntityTypeBuilder<CreditApplication> builder)
    {
        builder.ToTable(
            "applications",
            table =>
            {
                table.HasCheckConstraint("ck_applications_status", $"status IN ({EnumText.ListOf<ApplicationStatus>()})");
                table.HasCheckConstraint("ck_applications_currency", "currency ~ '^[A-Z]{3}$'");
                table.HasCheckConstraint("ck_applications_loan_amount", "loan_amount > 0");
                table.HasCheckConstraint("ck_applications_second_customer_id", "second_customer_id <> customer_id");
                table.HasCheckConstraint(
                    "ck_applications_expires_at",
                    $"(expires_at IS NOT NULL) = (status IN ({EnumText.ListOf(ApplicationDiagram.Expiring)}))"
                );
                table.HasCheckConstraint(
                    "ck_applications_claimed_by",
                    "(claimed_by_id IS NULL) = (claimed_by_username IS NULL) AND (claimed_by_id IS NULL OR status IN ('IN_REVIEW', 'CONDITIONAL'))"
                );
            }
        );
        builder.Property(application => application.Id).ValueGeneratedNever();
        builder
            .Property(application => application.Status)
            .HasConversion(new EnumText.Converter<ApplicationStatus>())
            .HasColumnType("text");
        builder.Property(application => application.Currency).HasMaxLength(3);
        builder.Property(application => application.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(application => application.CreatedBy);
        builder.Ignore(application => application.CustomerIds);
        builder
            .HasMany(application => application.History)
            .WithOne()
            .HasForeignKey(transition => transition.ApplicationId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(application => new
        {
            application.OrganizationId,
            application.CreatedAt,
            application.Id,
        });
        builder.HasIndex(application => new
        {
            application.OrganizationId,
            application.Status,
            application.CreatedAt,
            application.Id,
        });
        builder.HasIndex(application => application.CustomerId);
        builder.HasIndex(application => application.SecondCustomerId).HasFilter("second_customer_id IS NOT NULL");
        builder.HasIndex(application => application.OfferId).HasFilter("offer_id IS NOT NULL");
        // What the job looks for.
        builder.HasIndex(application => application.ExpiresAt).HasFilter("expires_at IS NOT NULL");
    }
}

/// <summary>The table of histories.</summary>
internal sealed class ApplicationTransitionConfiguration : IEntityTypeConfiguration<ApplicationTransition>
{
    public void Configure(EntityTypeBuilder<ApplicationTransition> builder)
    {
        builder.ToTable(
            "application_transitions",
            table =>
            {
                var moves = ApplicationDiagram.Moves.Select(move => $"({EnumText.Literal(move.From)}, {EnumText.Literal(move.To)})");
                table.HasCheckConstraint(
                    "ck_application_transitions_from_to",
                    $"""
                    "from" IS NULL AND "to" = 'DRAFT' OR "from" IS NOT NULL AND ("from", "to") IN ({string.Join(", ", moves)})
                    """
                );
            }
        );
        builder.Property(transition => transition.Id).ValueGeneratedNever();
        builder.Property(transition => transition.From).HasConversion(new EnumText.Converter<ApplicationStatus>());
        builder.Property(transition => transition.To).HasConversion(new EnumText.Converter<ApplicationStatus>());
        builder.ComplexProperty(transition => transition.By);
        builder.HasIndex(transition => transition.ApplicationId);
    }
}
