using Lending.Applications.Assessments;
using Lending.Applications.Bureau;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Explanations;
using Lending.Applications.Policies;
using Lending.Applications.Reviews;
using Lending.Applications.Risk;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Applications;

/// <summary>Applications for loans: what applicants say and prove, what a policy and people decide on it, and why.</summary>
public sealed class ApplicationsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<ApplicationsDbContext>(ApplicationsDbContext.Schema)
            .AddSingleton(
                new PermissionGrant(ApplicationsPermission.Read, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
                {
                    Keys = KeyGrant.All,
                }
            )
            .AddSingleton(
                new PermissionGrant(ApplicationsPermission.Write, Role.Customer, Role.Installer, Role.Admin) { Keys = KeyGrant.All }
            )
            .AddSingleton(new PermissionGrant(ApplicationsPermission.Assess, Role.Installer, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(ApplicationsPermission.Review, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(ApplicationsPermission.RequestReview, Role.Customer))
            .AddSingleton(new PermissionGrant(ApplicationsPermission.Settings, Role.Admin))
            .AddSingleton(new PermissionGrant(ApplicationsPermission.Policies, Role.Admin, Role.Underwriter))
            .AddBureau(environment)
            .AddScoped<ApplicationSteps>()
            .AddScoped<EvidenceDocuments>()
            .AddScoped<ApplicationMessages>()
            .AddScoped<ApplicationAssessment>()
            .AddScoped<RefusalMail>()
            .AddScoped<PolicyInForce>()
            .AddScoped<PolicySteps>()
            .AddScoped<ReviewDecision>()
            .AddScoped<ReviewDemand>()
            .AddScoped<ExplanationReader>()
            .AddScoped<ICustomerApplications, CustomerApplications>()
            .AddScoped<RiskCheck>()
            .AddScoped<ApprovedLoans>()
            .AddScoped<IOfferApprovalGuard, OfferGuard>()
            .AddScoped<IAcceptanceGuard, OfferGuard>()
            .AddScoped<IAcceptanceGuard, CodeGuard>()
            .AddScoped<IChangedOffers, GrownOffers>()
            .AddHostedService<OldRiskKeys>()
            .AddSingleton<ApplicationDeadlines>()
            .AddHostedService(provider => provider.GetRequiredService<ApplicationDeadlines>())
            .AddEventHandler<ApplicationSubmitted, SubmittedApplications>()
            .AddEventHandler<DocumentApproved, ApprovedDocuments>()
            .AddEventHandler<DocumentApproved, MetConditions>()
            .AddEventHandler<LoanOfferAccepted, AcceptedApplications>()
            .AddConstraintError(ReviewConfiguration.OneProposal, Error.ConcurrentChange)
            .AddConstraintError(OfferRuleConfiguration.OneForOrganization, Error.ConcurrentChange)
            .AddConstraintError(PolicyConfiguration.OneOfVersion, PolicyErrors.VersionTaken)
            .AddConstraintError(PolicyConfiguration.OneInUse, Error.ConcurrentChange)
            .AddScoped<ICustomerDeletionGuard, CustomerDeletionGuard>()
            .AddScoped<ICustomerErasure, ApplicationErasure>()
            .AddScoped<ICustomerRecords, ApplicationRecords>()
            .AddScoped<IOldRecords, OldApplications>();
}
