using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class LedgerExports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ledger_settings",
                schema: "servicing",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultant_number = table.Column<int>(type: "integer", nullable: false),
                    client_number = table.Column<int>(type: "integer", nullable: false),
                    fiscal_year_start_month = table.Column<int>(type: "integer", nullable: false),
                    account_length = table.Column<int>(type: "integer", nullable: false),
                    numbers = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_settings", x => x.organization_id);
                    table.CheckConstraint("ck_ledger_settings_account_length", "account_length BETWEEN 4 AND 8");
                    table.CheckConstraint("ck_ledger_settings_client_number", "client_number BETWEEN 1 AND 99999");
                    table.CheckConstraint("ck_ledger_settings_consultant_number", "consultant_number BETWEEN 1001 AND 9999999");
                    table.CheckConstraint("ck_ledger_settings_fiscal_year_start_month", "fiscal_year_start_month BETWEEN 1 AND 12");
                });

            migrationBuilder.CreateIndex(
                name: "ix_journal_entries_organization_id_effective_on_id",
                schema: "servicing",
                table: "journal_entries",
                columns: new[] { "organization_id", "effective_on", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ledger_settings",
                schema: "servicing");

            migrationBuilder.DropIndex(
                name: "ix_journal_entries_organization_id_effective_on_id",
                schema: "servicing",
                table: "journal_entries");
        }
    }
}
