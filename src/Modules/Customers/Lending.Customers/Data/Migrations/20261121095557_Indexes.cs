using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Indexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_customers_search_text",
                schema: "customers",
                table: "customers");

            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_country_created_at_id",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "country", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_customers_search_text_city",
                schema: "customers",
                table: "customers",
                columns: new[] { "search_text", "city" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops", "gin_trgm_ops" });

            // By hand: EF has no index over a complex property.
            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_created_by_id_created_at_id",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "created_by_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_customers_organization_id_created_by_id_created_at_id",
                schema: "customers",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "ix_customers_organization_id_country_created_at_id",
                schema: "customers",
                table: "customers");

            migrationBuilder.DropIndex(
                name: "ix_customers_search_text_city",
                schema: "customers",
                table: "customers");

            migrationBuilder.CreateIndex(
                name: "ix_customers_search_text",
                schema: "customers",
                table: "customers",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });
        }
    }
}
