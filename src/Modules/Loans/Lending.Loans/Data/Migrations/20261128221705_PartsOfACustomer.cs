using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class PartsOfACustomer : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_offer_versions_customer_id",
                schema: "loans",
                table: "offer_versions",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_offer_comments_customer_id",
                schema: "loans",
                table: "offer_comments",
                column: "customer_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_offer_versions_customer_id",
                schema: "loans",
                table: "offer_versions");

            migrationBuilder.DropIndex(
                name: "ix_offer_comments_customer_id",
                schema: "loans",
                table: "offer_comments");
        }
    }
}
