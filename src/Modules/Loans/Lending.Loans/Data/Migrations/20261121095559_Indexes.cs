using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Indexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.CreateIndex(
                name: "ix_offers_organization_id_loan_amount",
                schema: "loans",
                table: "offers",
                columns: new[] { "organization_id", "loan_amount" });

            migrationBuilder.CreateIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers",
                columns: new[] { "product_id", "product_version" },
                filter: "product_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_offer_links_offer_id_all",
                schema: "loans",
                table: "offer_links",
                column: "offer_id");

            // By hand: EF has no index over a complex property.
            migrationBuilder.CreateIndex(
                name: "ix_offers_organization_id_created_by_id_created_at_id",
                schema: "loans",
                table: "offers",
                columns: new[] { "organization_id", "created_by_id", "created_at", "id" },
                descending: new[] { false, false, true, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_offers_organization_id_created_by_id_created_at_id",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropIndex(
                name: "ix_offers_organization_id_loan_amount",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropIndex(
                name: "ix_offer_links_offer_id_all",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.CreateIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers",
                columns: new[] { "product_id", "product_version" });
        }
    }
}
