using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Products : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "product_id",
                schema: "loans",
                table: "offers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "product_version",
                schema: "loans",
                table: "offers",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "products",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    normalized_name = table.Column<string>(type: "text", nullable: false),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    retired = table.Column<bool>(type: "boolean", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    current_version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_products", x => x.id);
                    table.CheckConstraint("ck_products_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_products_current_version", "current_version > 0");
                    table.CheckConstraint("ck_products_name", "name <> '' AND name = btrim(name)");
                });

            migrationBuilder.CreateTable(
                name: "product_versions",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    product_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_versions", x => x.id);
                    table.UniqueConstraint("ux_product_versions_product_id_number", x => new { x.product_id, x.number });
                    table.CheckConstraint("ck_product_versions_number", "number > 0");
                    table.ForeignKey(
                        name: "fk_product_versions_products_product_id",
                        column: x => x.product_id,
                        principalSchema: "loans",
                        principalTable: "products",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers",
                columns: new[] { "product_id", "product_version" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers",
                sql: "(product_id IS NULL) = (product_version IS NULL)");

            migrationBuilder.CreateIndex(
                name: "ix_products_organization_id_created_at_id",
                schema: "loans",
                table: "products",
                columns: new[] { "organization_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ux_products_name",
                schema: "loans",
                table: "products",
                columns: new[] { "organization_id", "normalized_name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_offers_product_versions_product_id_product_version",
                schema: "loans",
                table: "offers",
                columns: new[] { "product_id", "product_version" },
                principalSchema: "loans",
                principalTable: "product_versions",
                principalColumns: new[] { "product_id", "number" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_offers_product_versions_product_id_product_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropTable(
                name: "product_versions",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "products",
                schema: "loans");

            migrationBuilder.DropIndex(
                name: "ix_offers_product_id_product_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_product",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "product_id",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "product_version",
                schema: "loans",
                table: "offers");
        }
    }
}
