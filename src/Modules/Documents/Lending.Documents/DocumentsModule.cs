using Lending.Customers.Contracts;
using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Documents.Scanning;
using Lending.Kernel;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Documents;

/// <summary>What customers prove by documents: asking for them, taking and keeping files, and deciding on them.</summary>
public sealed class DocumentsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ScanningOptions>().BindConfiguration(ScanningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddModuleDbContext<DocumentsDbContext>(DocumentsDbContext.Schema)
            .AddSingleton(
                new PermissionGrant(DocumentsPermission.DocumentsRead, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
            )
            .AddSingleton(
                new PermissionGrant(DocumentsPermission.DocumentsUpload, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
            )
            .AddSingleton(new PermissionGrant(DocumentsPermission.DocumentsRequest, Role.Installer, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(DocumentsPermission.DocumentsReview, Role.Admin, Role.Underwriter))
            .AddConstraintError(DocumentConfiguration.SentOnce, Error.ConcurrentChange)
            .AddSingleton<FolderStore>()
            .AddSingleton<S3Store>()
            .AddSingleton<IFileStore>(provider =>
                provider.GetRequiredService<IOptions<FilesOptions>>().Value.S3 is null
                    ? provider.GetRequiredService<FolderStore>()
                    : provider.GetRequiredService<S3Store>()
            )
            .AddSingleton<LocalClamd>()
            .AddHostedService(provider => provider.GetRequiredService<LocalClamd>())
            .AddSingleton<VirusScanner>()
            .AddSingleton<FileCheck>()
            .AddSingleton<FileExaminer>()
            .AddScoped<DocumentIntake>()
            .AddScoped<ICustomerDocuments, CustomerDocuments>()
            .AddScoped<IDocumentDirectory, DocumentDirectory>()
            .AddScoped<IDocumentRequests, DocumentRequests>()
            .AddScoped<DocumentRemoval>()
            .AddSingleton<DocumentUpkeep>()
            .AddHostedService(provider => provider.GetRequiredService<DocumentUpkeep>())
            .AddSingleton<DocumentExpiry>()
            .AddHostedService(provider => provider.GetRequiredService<DocumentExpiry>())
            .AddScoped<ICustomerDeletionGuard, CustomerDeletionGuard>()
            .AddScoped<ICustomerErasure, DocumentErasure>()
            .AddScoped<ICustomerRecords, DocumentRecords>()
            .AddScoped<IOldRecords, OldDocuments>()
            .AddHealthChecks()
            .AddCheck<ScannerHealth>("virus-scanner");
    }
}
