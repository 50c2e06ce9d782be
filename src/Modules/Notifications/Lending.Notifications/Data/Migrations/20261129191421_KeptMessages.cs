using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class KeptMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_finished_at",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_status",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_values",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_finished_at",
                schema: "notifications",
                table: "notifications",
                sql: "(finished_at IS NOT NULL) = (status IN ('SENT', 'FAILED', 'KEPT'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_status",
                schema: "notifications",
                table: "notifications",
                sql: "status IN ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'KEPT')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_values",
                schema: "notifications",
                table: "notifications",
                sql: "(values IS NOT NULL) = (status IN ('QUEUED', 'SENDING', 'KEPT'))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_finished_at",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_status",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_values",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_finished_at",
                schema: "notifications",
                table: "notifications",
                sql: "(finished_at IS NOT NULL) = (status IN ('SENT', 'FAILED'))");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_status",
                schema: "notifications",
                table: "notifications",
                sql: "status IN ('QUEUED', 'SENDING', 'SENT', 'FAILED')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_values",
                schema: "notifications",
                table: "notifications",
                sql: "(values IS NOT NULL) = (status IN ('QUEUED', 'SENDING'))");
        }
    }
}
