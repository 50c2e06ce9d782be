using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Data;

/// <summary>The module's schema. Customers see what is theirs; staff see the whole organisation.</summary>
internal sealed class DocumentsDbContext(DbContextOptions<DocumentsDbContext> options) : ModuleDbContext(options, Schema), IHasOutbox
{
    public const string Schema = "documents";

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentRequest> DocumentRequests => Set<DocumentRequest>();

    public DbSet<DiscardedFile> DiscardedFiles => Set<DiscardedFile>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<Document>()
            .HasQueryFilter(CustomerFilter, document => CustomerScope == null || document.CustomerId == CustomerScope);
        modelBuilder
            .Entity<DocumentRequest>()
            .HasQueryFilter(CustomerFilter, request => CustomerScope == null || request.CustomerId == CustomerScope);
    }
}
