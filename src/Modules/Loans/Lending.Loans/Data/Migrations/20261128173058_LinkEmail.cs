using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class LinkEmail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_offer_views_offers_offer_id",
                schema: "loans",
                table: "offer_views");

            migrationBuilder.AddColumn<string>(
                name: "email",
                schema: "loans",
                table: "offer_links",
                type: "text",
                nullable: false,
                defaultValue: "");

            // Of links that there are, the e-mail is known that the offer was made to: those to other ones stop working.
            migrationBuilder.Sql(
                "UPDATE loans.offer_links l SET email = o.customer_email FROM loans.offers o WHERE o.id = l.offer_id"
            );

            migrationBuilder.AddForeignKey(
                name: "fk_offer_views_offers_offer_id",
                schema: "loans",
                table: "offer_views",
                column: "offer_id",
                principalSchema: "loans",
                principalTable: "offers",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_offer_views_offers_offer_id",
                schema: "loans",
                table: "offer_views");

            migrationBuilder.DropColumn(
                name: "email",
                schema: "loans",
                table: "offer_links");

            migrationBuilder.AddForeignKey(
                name: "fk_offer_views_offers_offer_id",
                schema: "loans",
                table: "offer_views",
                column: "offer_id",
                principalSchema: "loans",
                principalTable: "offers",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
