using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class DocumentHash : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "document_hash",
                schema: "loans",
                table: "offers",
                type: "bytea",
                nullable: true);

            // All contents that were kept so far are of the first format.
            migrationBuilder.AddColumn<int>(
                name: "content_format_version",
                schema: "loans",
                table: "offer_versions",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "content_format_version",
                schema: "loans",
                table: "offer_acceptances",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_document_hash",
                schema: "loans",
                table: "offers",
                sql: "length(document_hash) = 32");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_versions_content_format_version",
                schema: "loans",
                table: "offer_versions",
                sql: "content_format_version > 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_acceptances_content_format_version",
                schema: "loans",
                table: "offer_acceptances",
                sql: "content_format_version > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_document_hash",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_versions_content_format_version",
                schema: "loans",
                table: "offer_versions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_acceptances_content_format_version",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "document_hash",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "content_format_version",
                schema: "loans",
                table: "offer_versions");

            migrationBuilder.DropColumn(
                name: "content_format_version",
                schema: "loans",
                table: "offer_acceptances");
        }
    }
}
