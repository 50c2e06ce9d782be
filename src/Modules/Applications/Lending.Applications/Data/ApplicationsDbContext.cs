using Lending.Applications.Assessments;
using Lending.Applications.Bureau;
using Lending.Applications.CreditApplications;
using Lending.Applications.Offers;
using Lending.Applications.Policies;
using Lending.Applications.Reviews;
using Lending.Applications.Risk;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Data;

/// <summary>The module's schema. Customers see what is theirs, alone or with another one; staff see the whole organisation.</summary>
internal sealed class ApplicationsDbContext(DbContextOptions<ApplicationsDbContext> options) : ModuleDbContext(options, Schema), IHasOutbox
{
    public const string Schema = "applications";

    public DbSet<CreditApplication> Applications => Set<CreditApplication>();

    public DbSet<ApplicationTransition> Transitions => Set<ApplicationTransition>();

    public DbSet<ScoreInquiry> ScoreInquiries => Set<ScoreInquiry>();

    public DbSet<AutomaticDecision> Decisions => Set<AutomaticDecision>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Policy> Policies => Set<Policy>();

    public DbSet<ShadowDecision> ShadowDecisions => Set<ShadowDecision>();

    public DbSet<RiskAssessment> RiskAssessments => Set<RiskAssessment>();

    public DbSet<RiskKey> RiskKeys => Set<RiskKey>();

    public DbSet<OfferRule> OfferRules => Set<OfferRule>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<CreditApplication>()
            .HasQueryFilter(
                CustomerFilter,
                application =>
                    CustomerScope == null || application.CustomerId == CustomerScope || application.SecondCustomerId == CustomerScope
            );
        modelBuilder
            .Entity<ApplicationTransition>()
            .HasQueryFilter(
                CustomerFilter,
                row =>
                    CustomerScope == null
                    || Applications.Any(application =>
                        application.Id == row.ApplicationId
                        && (application.CustomerId == CustomerScope || application.SecondCustomerId == CustomerScope)
                    )
            );
        modelBuilder
            .Entity<ScoreInquiry>()
            .HasQueryFilter(CustomerFilter, inquiry => CustomerScope == null || inquiry.CustomerId == CustomerScope);
        modelBuilder
            .Entity<AutomaticDecision>()
            .HasQueryFilter(
                CustomerFilter,
                row =>
                    CustomerScope == null
                    || Applications.Any(application =>
                        application.Id == row.ApplicationId
                        && (application.CustomerId == CustomerScope || application.SecondCustomerId == CustomerScope)
                    )
            );
        modelBuilder
            .Entity<Review>()
            .HasQueryFilter(
                CustomerFilter,
                row =>
                    CustomerScope == null
                    || Applications.Any(application =>
                        application.Id == row.ApplicationId
                        && (application.CustomerId == CustomerScope || application.SecondCustomerId == CustomerScope)
                    )
            );
        modelBuilder
            .Entity<RiskAssessment>()
            .HasQueryFilter(
                CustomerFilter,
                row =>
                    CustomerScope == null
                    || Applications.Any(application =>
                        application.Id == row.ApplicationId
                        && (application.CustomerId == CustomerScope || application.SecondCustomerId == CustomerScope)
                    )
            );
        modelBuilder.Entity<RiskKey>().HasQueryFilter(CustomerFilter, key => CustomerScope == null || key.CustomerId == CustomerScope);
    }
}
