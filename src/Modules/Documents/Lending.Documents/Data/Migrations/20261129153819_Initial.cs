using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Lending.Documents.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "documents");

            migrationBuilder.CreateTable(
                name: "discarded_files",
                schema: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    discarded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discarded_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "document_requests",
                schema: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_requests", x => x.id);
                    table.CheckConstraint("ck_document_requests_count", "count BETWEEN 1 AND 12");
                    table.CheckConstraint("ck_document_requests_kind", "kind IN ('PAYSLIP', 'BANK_STATEMENT', 'IDENTITY_COPY', 'OWNERSHIP_PROOF', 'OTHER')");
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "json", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    died_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    trace_parent = table.Column<string>(type: "character varying(55)", maxLength: 55, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                    table.CheckConstraint("ck_outbox_messages_attempts", "attempts >= 0");
                });

            migrationBuilder.CreateTable(
                name: "documents",
                schema: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    size_bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    file_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reviewed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_by_username = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    comment_for_customer = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    comment_for_staff = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    uploaded_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    uploaded_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => x.id);
                    table.CheckConstraint("ck_documents_file_id", "(file_id IS NULL) = (file_key IS NULL) AND (file_id IS NULL) = (status IN ('INFECTED', 'UNREADABLE'))");
                    table.CheckConstraint("ck_documents_file_key", "get_byte(file_key, 0) = 1");
                    table.CheckConstraint("ck_documents_file_name", "file_name <> ''");
                    table.CheckConstraint("ck_documents_format", "format IN ('PDF', 'JPEG', 'PNG', 'WEBP')");
                    table.CheckConstraint("ck_documents_kind", "kind IN ('PAYSLIP', 'BANK_STATEMENT', 'IDENTITY_COPY', 'OWNERSHIP_PROOF', 'OTHER')");
                    table.CheckConstraint("ck_documents_reason", "reason IN ('ILLEGIBLE', 'INCOMPLETE', 'OUTDATED', 'WRONG_KIND', 'WRONG_PERSON', 'NOT_GENUINE', 'NOT_ACCEPTED')");
                    table.CheckConstraint("ck_documents_reviewed_at", "num_nulls(reviewed_at, reviewed_by_id, reviewed_by_username) IN (0, 3) AND (reviewed_at IS NOT NULL) = (status IN ('APPROVED', 'REVISION', 'REJECTED', 'EXPIRED')) AND (reason IS NOT NULL) = (status IN ('REVISION', 'REJECTED'))");
                    table.CheckConstraint("ck_documents_sha256", "length(sha256) = 32");
                    table.CheckConstraint("ck_documents_size_bytes", "size_bytes > 0");
                    table.CheckConstraint("ck_documents_status", "status IN ('QUARANTINED', 'INFECTED', 'UNREADABLE', 'PENDING', 'APPROVED', 'REVISION', 'REJECTED', 'EXPIRED')");
                    table.CheckConstraint("ck_documents_valid_until", "valid_until IS NULL OR status IN ('APPROVED', 'EXPIRED')");
                    table.ForeignKey(
                        name: "fk_documents_document_requests_request_id",
                        column: x => x.request_id,
                        principalSchema: "documents",
                        principalTable: "document_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_document_requests_customer_id_created_at_id",
                schema: "documents",
                table: "document_requests",
                columns: new[] { "customer_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_document_requests_organization_id_created_at_id",
                schema: "documents",
                table: "document_requests",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_customer_id_created_at_id",
                schema: "documents",
                table: "documents",
                columns: new[] { "customer_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_organization_id_created_at_id",
                schema: "documents",
                table: "documents",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_quarantined",
                schema: "documents",
                table: "documents",
                column: "created_at",
                filter: "status = 'QUARANTINED'");

            migrationBuilder.CreateIndex(
                name: "ix_documents_request_id",
                schema: "documents",
                table: "documents",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_documents_valid_until",
                schema: "documents",
                table: "documents",
                column: "valid_until",
                filter: "status = 'APPROVED'");

            migrationBuilder.CreateIndex(
                name: "ux_documents_customer_id_kind_sha256",
                schema: "documents",
                table: "documents",
                columns: new[] { "customer_id", "kind", "sha256" },
                unique: true,
                filter: "status IN ('QUARANTINED', 'PENDING', 'APPROVED')");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_aggregate_id_number",
                schema: "documents",
                table: "outbox_messages",
                columns: new[] { "aggregate_id", "number" },
                filter: "delivered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_died_at",
                schema: "documents",
                table: "outbox_messages",
                column: "died_at",
                filter: "died_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_type_next_attempt_at",
                schema: "documents",
                table: "outbox_messages",
                columns: new[] { "type", "next_attempt_at" },
                filter: "delivered_at IS NULL AND died_at IS NULL");

            // A row hangs on a row of its own organisation.
            migrationBuilder.Sql("ALTER TABLE documents.document_requests ADD CONSTRAINT ak_document_requests_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE documents.documents DROP CONSTRAINT fk_documents_document_requests_request_id, ADD CONSTRAINT fk_documents_document_requests_request_id FOREIGN KEY (request_id, organization_id) REFERENCES documents.document_requests (id, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "discarded_files",
                schema: "documents");

            migrationBuilder.DropTable(
                name: "documents",
                schema: "documents");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "documents");

            migrationBuilder.DropTable(
                name: "document_requests",
                schema: "documents");
        }
    }
}
