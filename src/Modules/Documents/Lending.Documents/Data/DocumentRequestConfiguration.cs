using Lending.Documents.Contracts;
using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Documents.Data;

internal sealed class DocumentRequestConfiguration : IEntityTypeConfiguration<DocumentRequest>
{
    public void Configure(EntityTypeBuilder<DocumentRequest> builder)
    {
        builder.ToTable(
            "document_requests",
            table =>
            {
                table.HasCheckConstraint("ck_document_requests_kind", $"kind IN ({EnumText.ListOf<DocumentKind>()})");
                table.HasCheckConstraint("ck_document_requests_count", $"count BETWEEN 1 AND {IDocumentRequests.MostAsked}");
            }
        );
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.Kind).HasConversion(new EnumText.Converter<DocumentKind>());
        builder.ComplexProperty(request => request.RequestedBy);
        builder.HasIndex(request => new
        {
            request.OrganizationId,
            request.CreatedAt,
            request.Id,
        });
        builder.HasIndex(request => new
        {
            request.CustomerId,
            request.CreatedAt,
            request.Id,
        });
    }
}

internal sealed class DiscardedFileConfiguration : IEntityTypeConfiguration<DiscardedFile>
{
    public void Configure(EntityTypeBuilder<DiscardedFile> builder)
    {
        builder.ToTable("discarded_files");
        builder.Property(file => file.Id).ValueGeneratedNever();
    }
}
