using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Preferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "about_id",
                schema: "notifications",
                table: "notifications",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_at",
                schema: "notifications",
                table: "notifications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "user_id",
                schema: "notifications",
                table: "notifications",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "opt_outs",
                schema: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    topic = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opt_outs", x => x.id);
                    table.CheckConstraint("ck_opt_outs_channel", "channel IN ('MAIL')");
                    table.CheckConstraint("ck_opt_outs_customer_id", "(customer_id IS NULL) <> (user_id IS NULL)");
                    table.CheckConstraint("ck_opt_outs_topic", "topic IN ('OFFERS', 'APPLICATIONS', 'DOCUMENTS')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_user_id",
                schema: "notifications",
                table: "notifications",
                columns: new[] { "organization_id", "user_id", "created_at", "id" },
                filter: "user_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_opt_outs_customer_id",
                schema: "notifications",
                table: "opt_outs",
                columns: new[] { "organization_id", "customer_id", "topic", "channel" },
                unique: true,
                filter: "customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_opt_outs_user_id",
                schema: "notifications",
                table: "opt_outs",
                columns: new[] { "organization_id", "user_id", "topic", "channel" },
                unique: true,
                filter: "user_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "opt_outs",
                schema: "notifications");

            migrationBuilder.DropIndex(
                name: "ix_notifications_user_id",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "about_id",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "read_at",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "user_id",
                schema: "notifications",
                table: "notifications");
        }
    }
}
