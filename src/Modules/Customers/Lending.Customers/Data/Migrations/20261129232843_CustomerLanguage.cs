using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class CustomerLanguage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "language",
                schema: "customers",
                table: "customers",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_customers_language",
                schema: "customers",
                table: "customers",
                sql: "language <> ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_customers_language",
                schema: "customers",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "language",
                schema: "customers",
                table: "customers");
        }
    }
}
