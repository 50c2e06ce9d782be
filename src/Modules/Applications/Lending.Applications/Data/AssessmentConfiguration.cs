using Lending.Applications.Assessments;
using Lending.Applications.Bureau;
using Lending.Applications.CreditApplications;
using Lending.Applications.Offers;
using Lending.Applications.Reviews;
using Lending.Applications.Scoring;
using Lending.Applications.Wordings;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Applications.Data;

/// <summary>The table of questions to credit bureaus.</summary>
internal sealed class ScoreInquiryConfiguration : IEntityTypeConfiguration<ScoreInquiry>
{
    public void Configure(EntityTypeBuilder<ScoreInquiry> builder)
    {
        builder.ToTable(
            "score_inquiries",
            table =>
            {
                table.HasCheckConstraint("ck_score_inquiries_outcome", $"outcome IN ({EnumText.ListOf<BureauOutcome>()})");
                table.HasCheckConstraint("ck_score_inquiries_answered_at", "(answered_at IS NULL) = (outcome IS NULL)");
                table.HasCheckConstraint("ck_score_inquiries_class", "(class IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'HIT')");
            }
        );
        builder.Property(inquiry => inquiry.Id).ValueGeneratedNever();
        builder.Property(inquiry => inquiry.Outcome).HasConversion(new EnumText.Converter<BureauOutcome>());
        builder.Ignore(inquiry => inquiry.Answer);
        builder.HasIndex(inquiry => inquiry.CustomerId);
        builder.HasOne<CreditApplication>().WithMany().HasForeignKey(inquiry => inquiry.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The table of decisions by policy.</summary>
internal sealed class AutomaticDecisionConfiguration : IEntityTypeConfiguration<AutomaticDecision>
{
    public void Configure(EntityTypeBuilder<AutomaticDecision> builder)
    {
        builder.ToTable(
            "decisions",
            table => table.HasCheckConstraint("ck_decisions_outcome", $"outcome IN ({EnumText.ListOf<DecisionOutcome>()})")
        );
        builder.Property(decision => decision.Id).ValueGeneratedNever();
        builder.Property(decision => decision.Outcome).HasConversion(new EnumText.Converter<DecisionOutcome>());
        // What a policy is run over.
        builder.HasIndex(decision => new
        {
            decision.OrganizationId,
            decision.CreatedAt,
            decision.Id,
        });
        builder.HasOne<CreditApplication>().WithMany().HasForeignKey(decision => decision.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The table of decisions by people.</summary>
internal sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    /// <summary>The index that lets one of two propose.</summary>
    public const string OneProposal = "ux_reviews_application_id";

    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable(
            "reviews",
            table =>
            {
                table.HasCheckConstraint("ck_reviews_result", $"result IN ({EnumText.ListOf<ReviewResult>()})");
                table.HasCheckConstraint("ck_reviews_conditions", "(result = 'CONDITIONAL') = (cardinality(conditions) > 0)");
                table.HasCheckConstraint(
                    "ck_reviews_reasons",
                    $"reasons IS NULL OR result = 'DECLINED' AND cardinality(reasons) > 0 AND reasons <@ ARRAY[{EnumText.ListOf<RefusalReason>()}]"
                );
                // An override takes two different people.
                table.HasCheckConstraint(
                    "ck_reviews_confirmed_by",
                    "(confirmed_by_id IS NULL) = (confirmed_by_username IS NULL) AND (confirmed_by_id IS NULL OR is_override AND confirmed_by_id <> decided_by_id)"
                );
                table.HasCheckConstraint("ck_reviews_completed_at", "completed_at IS NOT NULL OR is_override");
            }
        );
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.Property(review => review.Result).HasConversion(new EnumText.Converter<ReviewResult>());
        builder.ComplexProperty(review => review.DecidedBy);
        builder.HasOne<CreditApplication>().WithMany().HasForeignKey(review => review.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AutomaticDecision>().WithMany().HasForeignKey(review => review.DecisionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(review => review.ApplicationId, "ix_reviews_application_id");
        builder.HasIndex(review => review.ApplicationId, OneProposal).IsUnique().HasFilter("completed_at IS NULL");
    }
}

/// <summary>The table of what organisations ask of offers.</summary>
internal sealed class OfferRuleConfiguration : IEntityTypeConfiguration<OfferRule>
{
    /// <summary>The key, which the second of two breaks who set it at once.</summary>
    public const string OneForOrganization = "pk_offer_rules";

    public void Configure(EntityTypeBuilder<OfferRule> builder) =>
        builder.ToTable("offer_rules").HasKey(rule => rule.OrganizationId).HasName(OneForOrganization);
}
