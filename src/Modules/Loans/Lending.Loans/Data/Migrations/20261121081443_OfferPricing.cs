using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class OfferPricing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_total_interest",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_total_payment",
                schema: "loans",
                table: "offers");

            migrationBuilder.AddColumn<decimal>(
                name: "amount_owed",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "aprc_percent",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "fees_dealer",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "fees_financed",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "fees_monthly",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "fees_upfront",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<string>(
                name: "method",
                schema: "loans",
                table: "offers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "method_version",
                schema: "loans",
                table: "offers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateOnly>(
                name: "payout_date",
                schema: "loans",
                table: "offers",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<string>(
                name: "product_content",
                schema: "loans",
                table: "offers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product_name",
                schema: "loans",
                table: "offers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "total_payable",
                schema: "loans",
                table: "offers",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            // By hand: offers of before had no fees, equal instalments and a whole month to the first due date. Their APRC is computed when they are changed.
            migrationBuilder.Sql(
                """
                UPDATE loans.offers SET amount_owed = loan_amount, total_payable = total_payment, method = 'equal-instalments', method_version = 1,
                    payout_date = first_due_date - interval '1 month';
                ALTER TABLE loans.offers ALTER amount_owed DROP DEFAULT, ALTER total_payable DROP DEFAULT, ALTER method DROP DEFAULT,
                    ALTER method_version DROP DEFAULT, ALTER payout_date DROP DEFAULT, ALTER fees_dealer DROP DEFAULT,
                    ALTER fees_financed DROP DEFAULT, ALTER fees_monthly DROP DEFAULT, ALTER fees_upfront DROP DEFAULT;
                """);

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_amount_owed",
                schema: "loans",
                table: "offers",
                sql: "amount_owed = loan_amount + fees_financed");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_aprc_percent",
                schema: "loans",
                table: "offers",
                sql: "aprc_percent >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_fees",
                schema: "loans",
                table: "offers",
                sql: "fees_upfront >= 0 AND fees_financed >= 0 AND fees_monthly >= 0 AND fees_dealer >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_fees_dealer",
                schema: "loans",
                table: "offers",
                sql: "fees_dealer < loan_amount");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_first_due_date",
                schema: "loans",
                table: "offers",
                sql: "first_due_date >= payout_date");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_method",
                schema: "loans",
                table: "offers",
                sql: "method IN ('equal-instalments', 'declining-balance', 'equal-principal')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_method_version",
                schema: "loans",
                table: "offers",
                sql: "method_version > 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers",
                sql: "num_nulls(product_id, product_version, product_name, product_content) IN (0, 4)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_total_interest",
                schema: "loans",
                table: "offers",
                sql: "total_interest = total_payment - amount_owed");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_total_payable",
                schema: "loans",
                table: "offers",
                sql: "total_payable = fees_upfront + total_payment + term_months * fees_monthly");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_total_payment",
                schema: "loans",
                table: "offers",
                sql: "total_payment >= amount_owed");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_amount_owed",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_aprc_percent",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_fees",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_fees_dealer",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_first_due_date",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_method",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_method_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_total_interest",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_total_payable",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_total_payment",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "amount_owed",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "aprc_percent",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "fees_dealer",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "fees_financed",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "fees_monthly",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "fees_upfront",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "method",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "method_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "payout_date",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "product_content",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "product_name",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "total_payable",
                schema: "loans",
                table: "offers");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers",
                sql: "(product_id IS NULL) = (product_version IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_total_interest",
                schema: "loans",
                table: "offers",
                sql: "total_interest = total_payment - loan_amount");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_total_payment",
                schema: "loans",
                table: "offers",
                sql: "total_payment >= loan_amount");
        }
    }
}
