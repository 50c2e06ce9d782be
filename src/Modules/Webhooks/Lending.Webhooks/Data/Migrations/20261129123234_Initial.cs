using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Webhooks.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "webhooks");

            migrationBuilder.CreateTable(
                name: "webhooks",
                schema: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    event_types = table.Column<string[]>(type: "text[]", nullable: false),
                    secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_secret_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    paused_because = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                    table.UniqueConstraint("ak_webhooks_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_webhooks_event_types", "cardinality(event_types) > 0");
                    table.CheckConstraint("ck_webhooks_paused_because", "(paused_because IS NOT NULL) = (status = 'PAUSED')");
                    table.CheckConstraint("ck_webhooks_previous_secret", "get_byte(previous_secret, 0) = 1");
                    table.CheckConstraint("ck_webhooks_previous_secret_until", "(previous_secret IS NULL) = (previous_secret_until IS NULL)");
                    table.CheckConstraint("ck_webhooks_secret", "get_byte(secret, 0) = 1");
                    table.CheckConstraint("ck_webhooks_status", "status IN ('ACTIVE', 'PAUSED')");
                    table.CheckConstraint("ck_webhooks_url", "url <> ''");
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                schema: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    body = table.Column<string>(type: "json", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_status_code = table.Column<int>(type: "integer", nullable: true),
                    last_failure = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trace_parent = table.Column<string>(type: "character varying(55)", maxLength: 55, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => x.id);
                    table.CheckConstraint("ck_deliveries_attempts", "attempts >= 0");
                    table.CheckConstraint("ck_deliveries_finished_at", "(finished_at IS NOT NULL) = (status IN ('DELIVERED', 'FAILED'))");
                    table.CheckConstraint("ck_deliveries_last_failure", "status <> 'FAILED' OR last_failure IS NOT NULL");
                    table.CheckConstraint("ck_deliveries_status", "status IN ('WAITING', 'SENDING', 'DELIVERED', 'FAILED')");
                    table.ForeignKey(
                        name: "fk_deliveries_webhooks_webhook_id_organization_id",
                        columns: x => new { x.webhook_id, x.organization_id },
                        principalSchema: "webhooks",
                        principalTable: "webhooks",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_due",
                schema: "webhooks",
                table: "deliveries",
                columns: new[] { "status", "webhook_id", "next_attempt_at" },
                filter: "status IN ('WAITING', 'SENDING')");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_webhook_id_event_id",
                schema: "webhooks",
                table: "deliveries",
                columns: new[] { "webhook_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_webhook_id_organization_id_created_at_id",
                schema: "webhooks",
                table: "deliveries",
                columns: new[] { "webhook_id", "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_organization_id_created_at_id",
                schema: "webhooks",
                table: "webhooks",
                columns: new[] { "organization_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deliveries",
                schema: "webhooks");

            migrationBuilder.DropTable(
                name: "webhooks",
                schema: "webhooks");
        }
    }
}
