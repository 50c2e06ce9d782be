using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class TemplateVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "template_version",
                schema: "notifications",
                table: "notifications",
                type: "character varying(12)",
                maxLength: 12,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "template_version",
                schema: "notifications",
                table: "notifications");
        }
    }
}
