using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Documents.Documents;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Documents.Data;

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<Document>
{
    /// <summary>The index that lets the same file be sent once: of two at the same moment, the second one breaks it.</summary>
    public const string SentOnce = "ux_documents_customer_id_kind_sha256";

    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable(
            "documents",
            table =>
            {
                table.HasCheckConstraint("ck_documents_kind", $"kind IN ({EnumText.ListOf<DocumentKind>()})");
                table.HasCheckConstraint("ck_documents_status", $"status IN ({EnumText.ListOf<DocumentStatus>()})");
                table.HasCheckConstraint("ck_documents_format", $"format IN ({EnumText.ListOf<FileFormat>()})");
                table.HasCheckConstraint("ck_documents_reason", $"reason IN ({EnumText.ListOf<ReviewReason>()})");
                table.HasCheckConstraint("ck_documents_file_name", "file_name <> ''");
                table.HasCheckConstraint("ck_documents_size_bytes", "size_bytes > 0");
                table.HasCheckConstraint("ck_documents_sha256", "length(sha256) = 32");
                // Without a key there is no file, and the other way round.
                table.HasCheckConstraint(
                    "ck_documents_file_id",
                    "(file_id IS NULL) = (file_key IS NULL) AND (file_id IS NULL) = (status IN ('INFECTED', 'UNREADABLE'))"
                );
                table.HasCheckConstraint(
                    "ck_documents_reviewed_at",
                    "num_nulls(reviewed_at, reviewed_by_id, reviewed_by_username) IN (0, 3) "
                        + "AND (reviewed_at IS NOT NULL) = (status IN ('APPROVED', 'REVISION', 'REJECTED', 'EXPIRED')) "
                        + "AND (reason IS NOT NULL) = (status IN ('REVISION', 'REJECTED'))"
                );
                table.HasCheckConstraint("ck_documents_valid_until", "valid_until IS NULL OR status IN ('APPROVED', 'EXPIRED')");
            }
        );
        builder.Property(document => document.Id).ValueGeneratedNever();
        builder.Property(document => document.Kind).HasConversion(new EnumText.Converter<DocumentKind>());
        builder.Property(document => document.Status).HasConversion(new EnumText.Converter<DocumentStatus>());
        builder.Property(document => document.Format).HasConversion(new EnumText.Converter<FileFormat>());
        builder.Property(document => document.Reason).HasConversion(new EnumText.Converter<ReviewReason>());
        builder.Property(document => document.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(document => document.UploadedBy);
        builder.HasOne<DocumentRequest>().WithMany().HasForeignKey(document => document.RequestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(document => document.RequestId);
        builder.HasIndex(document => new
        {
            document.OrganizationId,
            document.CreatedAt,
            document.Id,
        });
        builder.HasIndex(document => new
        {
            document.CustomerId,
            document.CreatedAt,
            document.Id,
        });
        builder
            .HasIndex(document => new
            {
                document.CustomerId,
                document.Kind,
                document.Sha256,
            })
            .IsUnique()
            .HasFilter("status IN ('QUARANTINED', 'PENDING', 'APPROVED')")
            .HasDatabaseName(SentOnce);
        builder.HasIndex(document => document.CreatedAt, "ix_documents_quarantined").HasFilter("status = 'QUARANTINED'");
        builder.HasIndex(document => document.ValidUntil, "ix_documents_valid_until").HasFilter("status = 'APPROVED'");
    }
}
