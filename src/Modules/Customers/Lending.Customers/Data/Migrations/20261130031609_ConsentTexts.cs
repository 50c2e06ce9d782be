using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class ConsentTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "locale",
                schema: "customers",
                table: "consents",
                type: "character varying(35)",
                maxLength: 35,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "text_hash",
                schema: "customers",
                table: "consents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_consents_locale",
                schema: "customers",
                table: "consents",
                sql: "(locale IS NULL) = (text_hash IS NULL) AND locale <> ''");

            migrationBuilder.AddCheckConstraint(
                name: "ck_consents_text_hash",
                schema: "customers",
                table: "consents",
                sql: "text_hash ~ '^[0-9a-f]{64}$'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_consents_locale",
                schema: "customers",
                table: "consents");

            migrationBuilder.DropCheckConstraint(
                name: "ck_consents_text_hash",
                schema: "customers",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "locale",
                schema: "customers",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "text_hash",
                schema: "customers",
                table: "consents");
        }
    }
}
