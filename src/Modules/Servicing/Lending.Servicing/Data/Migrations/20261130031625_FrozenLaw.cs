using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class FrozenLaw : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "borrower_kind",
                schema: "servicing",
                table: "loan_accounts",
                type: "text",
                nullable: false,
                defaultValue: "Consumer");

            migrationBuilder.AddColumn<bool>(
                name: "is_secured_by_land",
                schema: "servicing",
                table: "loan_accounts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "product_id",
                schema: "servicing",
                table: "loan_accounts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "product_version",
                schema: "servicing",
                table: "loan_accounts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_loan_accounts_borrower_kind",
                schema: "servicing",
                table: "loan_accounts",
                sql: "borrower_kind IN ('Consumer', 'Business')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_loan_accounts_product",
                schema: "servicing",
                table: "loan_accounts",
                sql: "(product_id IS NULL) = (product_version IS NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_loan_accounts_borrower_kind",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_loan_accounts_product",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "borrower_kind",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "is_secured_by_land",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "product_id",
                schema: "servicing",
                table: "loan_accounts");

            migrationBuilder.DropColumn(
                name: "product_version",
                schema: "servicing",
                table: "loan_accounts");
        }
    }
}
