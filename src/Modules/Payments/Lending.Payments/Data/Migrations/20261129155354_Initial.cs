using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "payments");

            migrationBuilder.CreateTable(
                name: "bank_statement_files",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    message_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_statement_files", x => x.id);
                    table.UniqueConstraint("ak_bank_statement_files_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_bank_statement_files_kind", "kind IN ('Statement', 'Notification', 'StatusReport')");
                });

            migrationBuilder.CreateTable(
                name: "collection_runs",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    message_id = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    file = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collection_runs", x => x.id);
                    table.UniqueConstraint("ak_collection_runs_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_collection_runs_decided_at", "(decided_at IS NULL) = (status = 'Draft')");
                    table.CheckConstraint("ck_collection_runs_file", "get_byte(file, 0) = 1");
                    table.CheckConstraint("ck_collection_runs_released", "(file IS NOT NULL) = (status = 'Released')");
                    table.CheckConstraint("ck_collection_runs_second_person", "status <> 'Released' OR decided_by_id <> created_by_id");
                    table.CheckConstraint("ck_collection_runs_status", "status IN ('Draft', 'Released', 'Cancelled')");
                });

            migrationBuilder.CreateTable(
                name: "creditors",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(70)", maxLength: 70, nullable: false),
                    identifier = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    iban = table.Column<byte[]>(type: "bytea", nullable: false),
                    bic = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: true),
                    street = table.Column<string>(type: "character varying(70)", maxLength: 70, nullable: true),
                    building_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    post_code = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    town = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_creditors", x => x.id);
                    table.CheckConstraint("ck_creditors_country", "country ~ '^[A-Z]{2}$'");
                    table.CheckConstraint("ck_creditors_iban", "get_byte(iban, 0) = 1");
                    table.CheckConstraint("ck_creditors_identifier", "identifier ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{4,31}$'");
                    table.CheckConstraint("ck_creditors_name", "name <> ''");
                    table.CheckConstraint("ck_creditors_town", "town <> ''");
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    creditor_identifier = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    holder_name = table.Column<string>(type: "character varying(70)", maxLength: 70, nullable: false),
                    iban = table.Column<byte[]>(type: "bytea", nullable: false),
                    bic = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: true),
                    signed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    signature = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    evidence_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    suspended_because = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    last_collected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    iban_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => x.id);
                    table.UniqueConstraint("ak_mandates_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_mandates_evidence_hash", "evidence_hash ~ '^[0-9a-f]{64}$'");
                    table.CheckConstraint("ck_mandates_holder_name", "holder_name <> ''");
                    table.CheckConstraint("ck_mandates_iban", "get_byte(iban, 0) = 1");
                    table.CheckConstraint("ck_mandates_iban_hash", "(iban_hash IS NULL) = (iban IS NULL)");
                    table.CheckConstraint("ck_mandates_reference", "reference <> ''");
                    table.CheckConstraint("ck_mandates_revoked_at", "(revoked_at IS NOT NULL) = (status = 'Revoked')");
                    table.CheckConstraint("ck_mandates_signature", "signature IN ('Paper', 'Electronic')");
                    table.CheckConstraint("ck_mandates_status", "status IN ('Active', 'Suspended', 'Revoked')");
                    table.CheckConstraint("ck_mandates_suspended_because", "status <> 'Suspended' OR suspended_because IS NOT NULL");
                });

            migrationBuilder.CreateTable(
                name: "payment_references",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(25)", maxLength: 25, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_references", x => x.id);
                    table.CheckConstraint("ck_payment_references_reference", "reference ~ '^RF[0-9]{2}[A-Z0-9]+$'");
                });

            migrationBuilder.CreateTable(
                name: "bank_lines",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bank_statement_file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    account = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    statement_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    entry = table.Column<int>(type: "integer", nullable: false),
                    detail = table.Column<int>(type: "integer", nullable: false),
                    bank_reference = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    entry_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    original_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    booked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    value_on = table.Column<DateOnly>(type: "date", nullable: false),
                    end_to_end_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    part_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    payment_count = table.Column<int>(type: "integer", nullable: false),
                    reference = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    reason_code = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    is_return = table.Column<bool>(type: "boolean", nullable: false),
                    party_name = table.Column<byte[]>(type: "bytea", nullable: true),
                    party_iban = table.Column<byte[]>(type: "bytea", nullable: true),
                    remittance = table.Column<byte[]>(type: "bytea", nullable: true),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_lines", x => x.id);
                    table.UniqueConstraint("ak_bank_lines_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_bank_lines_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_bank_lines_party_iban", "get_byte(party_iban, 0) = 1");
                    table.CheckConstraint("ck_bank_lines_party_name", "get_byte(party_name, 0) = 1");
                    table.CheckConstraint("ck_bank_lines_place", "entry > 0 AND detail >= 0");
                    table.CheckConstraint("ck_bank_lines_remittance", "get_byte(remittance, 0) = 1");
                    table.CheckConstraint("ck_bank_lines_status", "status IN ('New', 'Booked', 'Open', 'Dismissed', 'Known')");
                    table.ForeignKey(
                        name: "fk_bank_lines_bank_statement_files_bank_statement_file_id_orga~",
                        columns: x => new { x.bank_statement_file_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "bank_statement_files",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "collections",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mandate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    collect_on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    sequence = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    end_to_end_id = table.Column<string>(type: "character varying(33)", maxLength: 33, nullable: false),
                    part_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason_code = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    may_retry = table.Column<bool>(type: "boolean", nullable: false),
                    failed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collections", x => x.id);
                    table.UniqueConstraint("ak_collections_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_collections_amount", "amount > 0");
                    table.CheckConstraint("ck_collections_attempt", "attempt > 0");
                    table.CheckConstraint("ck_collections_failed_on", "(failed_on IS NOT NULL) = (status IN ('Rejected', 'Returned'))");
                    table.CheckConstraint("ck_collections_sequence", "sequence IN ('First', 'Recurring', 'Final', 'OneOff')");
                    table.CheckConstraint("ck_collections_status", "status IN ('Planned', 'Sent', 'Paid', 'Rejected', 'Returned', 'Cancelled')");
                    table.ForeignKey(
                        name: "fk_collections_collection_runs_collection_run_id_organization_id",
                        columns: x => new { x.collection_run_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "collection_runs",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_collections_mandates_mandate_id_organization_id",
                        columns: x => new { x.mandate_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "mandates",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "work_items",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    explanation = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    bank_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    suggested_loan_account_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    dismissal_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    resolved_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resolved_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_items", x => x.id);
                    table.CheckConstraint("ck_work_items_dismissal_reason", "(dismissal_reason IS NOT NULL) = (status = 'Dismissed')");
                    table.CheckConstraint("ck_work_items_explanation", "explanation <> ''");
                    table.CheckConstraint("ck_work_items_resolved_at", "(resolved_at IS NULL) = (status = 'Open')");
                    table.CheckConstraint("ck_work_items_status", "status IN ('Open', 'Assigned', 'Dismissed')");
                    table.ForeignKey(
                        name: "fk_work_items_bank_lines_bank_line_id_organization_id",
                        columns: x => new { x.bank_line_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "bank_lines",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_work_items_collections_collection_id_organization_id",
                        columns: x => new { x.collection_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "collections",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bank_lines_bank_statement_file_id_organization_id",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "bank_statement_file_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bank_lines_customer_id",
                schema: "payments",
                table: "bank_lines",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_bank_lines_organization_id_bank_reference",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "organization_id", "bank_reference" },
                filter: "bank_reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bank_lines_organization_id_created_at_id",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_bank_lines_place",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "organization_id", "account", "statement_id", "entry", "detail" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bank_statement_files_organization_id_content_hash",
                schema: "payments",
                table: "bank_statement_files",
                columns: new[] { "organization_id", "content_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bank_statement_files_organization_id_created_at_id",
                schema: "payments",
                table: "bank_statement_files",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_collection_runs_organization_id_created_at_id",
                schema: "payments",
                table: "collection_runs",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_collection_runs_organization_id_message_id",
                schema: "payments",
                table: "collection_runs",
                columns: new[] { "organization_id", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_collections_collection_run_id_organization_id",
                schema: "payments",
                table: "collections",
                columns: new[] { "collection_run_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_collections_customer_id",
                schema: "payments",
                table: "collections",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_collections_mandate_id_organization_id",
                schema: "payments",
                table: "collections",
                columns: new[] { "mandate_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_collections_organization_id_created_at_id",
                schema: "payments",
                table: "collections",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_collections_organization_id_end_to_end_id",
                schema: "payments",
                table: "collections",
                columns: new[] { "organization_id", "end_to_end_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_collections_organization_id_part_id",
                schema: "payments",
                table: "collections",
                columns: new[] { "organization_id", "part_id" });

            migrationBuilder.CreateIndex(
                name: "ux_collections_attempt",
                schema: "payments",
                table: "collections",
                columns: new[] { "loan_account_id", "due_on", "attempt" },
                unique: true,
                filter: "status <> 'Cancelled'");

            migrationBuilder.CreateIndex(
                name: "ix_creditors_organization_id",
                schema: "payments",
                table: "creditors",
                column: "organization_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_mandates_customer_id",
                schema: "payments",
                table: "mandates",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_organization_id_created_at_id",
                schema: "payments",
                table: "mandates",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_organization_id_iban_hash",
                schema: "payments",
                table: "mandates",
                columns: new[] { "organization_id", "iban_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_mandates_organization_id_reference",
                schema: "payments",
                table: "mandates",
                columns: new[] { "organization_id", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_mandates_in_use",
                schema: "payments",
                table: "mandates",
                column: "loan_account_id",
                unique: true,
                filter: "status = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_payment_references_customer_id",
                schema: "payments",
                table: "payment_references",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_payment_references_loan_account_id",
                schema: "payments",
                table: "payment_references",
                column: "loan_account_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payment_references_organization_id_reference",
                schema: "payments",
                table: "payment_references",
                columns: new[] { "organization_id", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_work_items_bank_line_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "bank_line_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_collection_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "collection_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_organization_id_created_at_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "organization_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "creditors",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "payment_references",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "work_items",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "bank_lines",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "collections",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "bank_statement_files",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "collection_runs",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "mandates",
                schema: "payments");
        }
    }
}
