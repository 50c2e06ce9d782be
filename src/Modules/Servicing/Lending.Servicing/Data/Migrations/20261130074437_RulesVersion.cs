using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class RulesVersion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "rules_version",
                schema: "servicing",
                table: "loan_accounts",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddCheckConstraint(
                name: "ck_loan_accounts_rules_version",
                schema: "servicing",
                table: "loan_accounts",
                sql: "rules_version >= 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_loan_accounts_rules_version",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "rules_version",
                schema: "servicing",
                table: "loan_accounts");
        }
    }
}
