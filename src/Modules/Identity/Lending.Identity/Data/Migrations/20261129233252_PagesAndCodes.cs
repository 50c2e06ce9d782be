using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class PagesAndCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "acceptance_needs_code",
                schema: "identity",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "color",
                schema: "identity",
                table: "organizations",
                type: "character varying(7)",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_color",
                schema: "identity",
                table: "organizations",
                sql: "color ~ '^#[0-9a-f]{6}$'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_color",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "acceptance_needs_code",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "color",
                schema: "identity",
                table: "organizations");
        }
    }
}
