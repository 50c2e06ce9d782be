using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class RetentionAndConsents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "consents",
                schema: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    text_version = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    given_over = table.Column<string>(type: "text", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end = table.Column<string>(type: "text", nullable: true),
                    ended_over = table.Column<string>(type: "text", nullable: true),
                    ended_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_by_username = table.Column<string>(type: "text", nullable: true),
                    recorded_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => x.id);
                    table.CheckConstraint("ck_consents_end", "\"end\" IN ('WITHDRAWN', 'REPLACED', 'CUSTOMER_REMOVED')");
                    table.CheckConstraint("ck_consents_ended_at", "num_nulls(ended_at, \"end\", ended_by_id, ended_by_username) IN (0, 4) AND (ended_over IS NULL) = (\"end\" IS NULL OR \"end\" = 'CUSTOMER_REMOVED')");
                    table.CheckConstraint("ck_consents_ended_over", "ended_over IN ('ONLINE', 'PAPER', 'TELEPHONE', 'IN_PERSON')");
                    table.CheckConstraint("ck_consents_given_at", "given_at <= created_at");
                    table.CheckConstraint("ck_consents_given_over", "given_over IN ('ONLINE', 'PAPER', 'TELEPHONE', 'IN_PERSON')");
                    table.CheckConstraint("ck_consents_purpose", "purpose ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
                    table.CheckConstraint("ck_consents_text_version", "text_version <> ''");
                });

            migrationBuilder.CreateTable(
                name: "retention_reports",
                schema: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    records = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    months = table.Column<int>(type: "integer", nullable: false),
                    before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_reports", x => x.id);
                    table.CheckConstraint("ck_retention_reports_deleted", "deleted >= 0");
                });

            migrationBuilder.CreateTable(
                name: "retention_rules",
                schema: "customers",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    records = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    months = table.Column<int>(type: "integer", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_rules", x => new { x.organization_id, x.records });
                    table.CheckConstraint("ck_retention_rules_months", "months BETWEEN 1 AND 1200");
                });

            migrationBuilder.CreateIndex(
                name: "ix_consents_customer_id_created_at_id",
                schema: "customers",
                table: "consents",
                columns: new[] { "customer_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_consents_organization_id_ended_at",
                schema: "customers",
                table: "consents",
                columns: new[] { "organization_id", "ended_at" },
                filter: "ended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_consents_customer_id_purpose",
                schema: "customers",
                table: "consents",
                columns: new[] { "customer_id", "purpose" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_retention_reports_organization_id_created_at_id",
                schema: "customers",
                table: "retention_reports",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_reports_organization_id_records_day",
                schema: "customers",
                table: "retention_reports",
                columns: new[] { "organization_id", "records", "day" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consents",
                schema: "customers");

            migrationBuilder.DropTable(
                name: "retention_reports",
                schema: "customers");

            migrationBuilder.DropTable(
                name: "retention_rules",
                schema: "customers");
        }
    }
}
