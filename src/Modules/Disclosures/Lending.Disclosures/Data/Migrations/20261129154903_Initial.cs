using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Lending.Disclosures.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "disclosures");

            migrationBuilder.CreateTable(
                name: "disclosure_settings",
                schema: "disclosures",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    regulatory_regime = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    creditor = table.Column<string>(type: "json", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    set_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disclosure_settings", x => x.organization_id);
                    table.CheckConstraint("ck_disclosure_settings_regulatory_regime", "regulatory_regime IN ('NONE', 'CCD2')");
                });

            migrationBuilder.CreateTable(
                name: "disclosures",
                schema: "disclosures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_version = table.Column<int>(type: "integer", nullable: false),
                    offer_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_format_version = table.Column<int>(type: "integer", nullable: false),
                    form_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    medium = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    issued_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disclosures", x => x.id);
                    table.CheckConstraint("ck_disclosures_content", "get_byte(content, 0) = 1");
                    table.CheckConstraint("ck_disclosures_content_format_version", "content_format_version > 0");
                    table.CheckConstraint("ck_disclosures_form_hash", "length(form_hash) = 32");
                    table.CheckConstraint("ck_disclosures_medium", "medium IN ('EMAIL', 'LINK', 'PAPER')");
                    table.CheckConstraint("ck_disclosures_offer_hash", "length(offer_hash) = 32");
                    table.CheckConstraint("ck_disclosures_offer_version", "offer_version > 0");
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "disclosures",
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
                name: "withdrawal_reminders",
                schema: "disclosures",
                columns: table => new
                {
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    withdrawal_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_withdrawal_reminders", x => x.offer_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_disclosures_customer_id",
                schema: "disclosures",
                table: "disclosures",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_disclosures_offer_id_created_at_id",
                schema: "disclosures",
                table: "disclosures",
                columns: new[] { "offer_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_aggregate_id_number",
                schema: "disclosures",
                table: "outbox_messages",
                columns: new[] { "aggregate_id", "number" },
                filter: "delivered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_died_at",
                schema: "disclosures",
                table: "outbox_messages",
                column: "died_at",
                filter: "died_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_type_next_attempt_at",
                schema: "disclosures",
                table: "outbox_messages",
                columns: new[] { "type", "next_attempt_at" },
                filter: "delivered_at IS NULL AND died_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_withdrawal_reminders_customer_id",
                schema: "disclosures",
                table: "withdrawal_reminders",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_withdrawal_reminders_due",
                schema: "disclosures",
                table: "withdrawal_reminders",
                column: "due_at",
                filter: "sent_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "disclosure_settings",
                schema: "disclosures");

            migrationBuilder.DropTable(
                name: "disclosures",
                schema: "disclosures");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "disclosures");

            migrationBuilder.DropTable(
                name: "withdrawal_reminders",
                schema: "disclosures");
        }
    }
}
