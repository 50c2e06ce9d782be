using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class LinkCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "code_expires_at",
                schema: "loans",
                table: "offer_links",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "code_hash",
                schema: "loans",
                table: "offer_links",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "code_tries",
                schema: "loans",
                table: "offer_links",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "codes_sent",
                schema: "loans",
                table: "offer_links",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_links_code",
                schema: "loans",
                table: "offer_links",
                sql: "(code_hash IS NULL) = (code_expires_at IS NULL) AND (code_hash IS NULL OR length(code_hash) = 32)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_links_code_counts",
                schema: "loans",
                table: "offer_links",
                sql: "code_tries BETWEEN 0 AND 5 AND codes_sent BETWEEN 0 AND 10");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_links_code",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_links_code_counts",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.DropColumn(
                name: "code_expires_at",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.DropColumn(
                name: "code_hash",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.DropColumn(
                name: "code_tries",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.DropColumn(
                name: "codes_sent",
                schema: "loans",
                table: "offer_links");
        }
    }
}
