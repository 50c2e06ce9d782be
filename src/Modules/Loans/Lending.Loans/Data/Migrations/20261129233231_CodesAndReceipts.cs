using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class CodesAndReceipts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "code_channel",
                schema: "loans",
                table: "offer_acceptances",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "account_codes",
                schema: "loans",
                columns: table => new
                {
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    code_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    code_tries = table.Column<int>(type: "integer", nullable: false),
                    codes_sent = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_codes", x => x.offer_id);
                    table.CheckConstraint("ck_account_codes_code", "(code_hash IS NULL) = (code_expires_at IS NULL) AND (code_hash IS NULL OR length(code_hash) = 32)");
                    table.CheckConstraint("ck_account_codes_code_counts", "code_tries BETWEEN 0 AND 5 AND codes_sent BETWEEN 0 AND 10");
                    table.ForeignKey(
                        name: "fk_account_codes_offers_offer_id",
                        columns: x => new { x.offer_id, x.organization_id },
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumns: ["id", "organization_id"],
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_receipts",
                schema: "loans",
                columns: table => new
                {
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    key_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_receipts", x => x.offer_id);
                    table.CheckConstraint("ck_offer_receipts_file_hash", "length(file_hash) = 32");
                    table.ForeignKey(
                        name: "fk_offer_receipts_offers_offer_id",
                        columns: x => new { x.offer_id, x.organization_id },
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumns: ["id", "organization_id"],
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_offer_acceptances_document_hash",
                schema: "loans",
                table: "offer_acceptances",
                column: "document_hash");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_acceptances_code_channel",
                schema: "loans",
                table: "offer_acceptances",
                sql: "code_channel IN ('EMAIL')");

            migrationBuilder.CreateIndex(
                name: "ix_offer_receipts_file_hash",
                schema: "loans",
                table: "offer_receipts",
                column: "file_hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_codes",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offer_receipts",
                schema: "loans");

            migrationBuilder.DropIndex(
                name: "ix_offer_acceptances_document_hash",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_acceptances_code_channel",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "code_channel",
                schema: "loans",
                table: "offer_acceptances");
        }
    }
}
