using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class MessageFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "file_content",
                schema: "notifications",
                table: "notifications",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "file_name",
                schema: "notifications",
                table: "notifications",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_notifications_file_content",
                schema: "notifications",
                table: "notifications",
                sql: "file_content IS NULL OR file_name IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_notifications_file_content",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "file_content",
                schema: "notifications",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "file_name",
                schema: "notifications",
                table: "notifications");
        }
    }
}
