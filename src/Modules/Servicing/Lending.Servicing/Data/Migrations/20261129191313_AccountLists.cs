using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class AccountLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "overdue_since",
                schema: "servicing",
                table: "loan_standings",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "installer_id",
                schema: "servicing",
                table: "loan_accounts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_loan_standings_organization_id_overdue_since_loan_account_id",
                schema: "servicing",
                table: "loan_standings",
                columns: new[] { "organization_id", "overdue_since", "loan_account_id" },
                filter: "overdue_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_loan_standings_organization_id_status_loan_account_id",
                schema: "servicing",
                table: "loan_standings",
                columns: new[] { "organization_id", "status", "loan_account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_loan_accounts_organization_id_installer_id_created_at_id",
                schema: "servicing",
                table: "loan_accounts",
                columns: new[] { "organization_id", "installer_id", "created_at", "id" });
            // The day run looks at late accounts once more, and writes since when they are. Policies hold the owner, too, who works for no organisation here.
            migrationBuilder.Sql("ALTER TABLE servicing.loan_standings NO FORCE ROW LEVEL SECURITY; UPDATE servicing.loan_standings SET next_on = posted_until WHERE arrears_bucket IS NOT NULL; ALTER TABLE servicing.loan_standings FORCE ROW LEVEL SECURITY");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_loan_standings_organization_id_overdue_since_loan_account_id",
                schema: "servicing",
                table: "loan_standings");

            migrationBuilder.DropIndex(
                name: "ix_loan_standings_organization_id_status_loan_account_id",
                schema: "servicing",
                table: "loan_standings");

            migrationBuilder.DropIndex(
                name: "ix_loan_accounts_organization_id_installer_id_created_at_id",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "overdue_since",
                schema: "servicing",
                table: "loan_standings");

            migrationBuilder.DropColumn(
                name: "installer_id",
                schema: "servicing",
                table: "loan_accounts");
        }
    }
}
