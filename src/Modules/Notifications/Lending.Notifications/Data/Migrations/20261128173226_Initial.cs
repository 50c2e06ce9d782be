using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "notifications");

            migrationBuilder.CreateTable(
                name: "notifications",
                schema: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    time_zone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    values = table.Column<string>(type: "json", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    failure = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => x.id);
                    table.CheckConstraint("ck_notifications_attempts", "attempts >= 0");
                    table.CheckConstraint("ck_notifications_failure", "status <> 'FAILED' OR failure IS NOT NULL");
                    table.CheckConstraint("ck_notifications_finished_at", "(finished_at IS NOT NULL) = (status IN ('SENT', 'FAILED'))");
                    table.CheckConstraint("ck_notifications_recipient", "recipient <> ''");
                    table.CheckConstraint("ck_notifications_status", "status IN ('QUEUED', 'SENDING', 'SENT', 'FAILED')");
                    table.CheckConstraint("ck_notifications_values", "(values IS NOT NULL) = (status IN ('QUEUED', 'SENDING'))");
                });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_due",
                schema: "notifications",
                table: "notifications",
                column: "next_attempt_at",
                filter: "status IN ('QUEUED', 'SENDING')");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_organization_id_created_at_id",
                schema: "notifications",
                table: "notifications",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_organization_id_customer_id_created_at_id",
                schema: "notifications",
                table: "notifications",
                columns: new[] { "organization_id", "customer_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifications",
                schema: "notifications");
        }
    }
}
