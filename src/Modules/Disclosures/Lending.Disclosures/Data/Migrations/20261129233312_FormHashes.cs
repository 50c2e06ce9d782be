using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Disclosures.Data.Migrations
{
    /// <inheritdoc />
    public partial class FormHashes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_disclosures_form_hash",
                schema: "disclosures",
                table: "disclosures",
                column: "form_hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_disclosures_form_hash",
                schema: "disclosures",
                table: "disclosures");
        }
    }
}
