using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ClosingTolerance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "closing_tolerance",
                schema: "servicing",
                table: "dunning_policies",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddCheckConstraint(
                name: "ck_dunning_policies_closing_tolerance",
                schema: "servicing",
                table: "dunning_policies",
                sql: "closing_tolerance BETWEEN 0 AND 20");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_dunning_policies_closing_tolerance",
                schema: "servicing",
                table: "dunning_policies");

            migrationBuilder.DropColumn(
                name: "closing_tolerance",
                schema: "servicing",
                table: "dunning_policies");
        }
    }
}
