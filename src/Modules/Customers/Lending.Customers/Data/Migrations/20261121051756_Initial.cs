using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "customers");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateTable(
                name: "customers",
                schema: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    last_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    phone_number = table.Column<string>(type: "text", nullable: false),
                    address_line1 = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address_line2 = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    city = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    state = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    postal_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    email_normalized = table.Column<string>(type: "text", nullable: false, computedColumnSql: "lower(email)", stored: true),
                    search_text = table.Column<string>(type: "text", nullable: false, computedColumnSql: "first_name || ' ' || last_name || E'\\n' || email", stored: true),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                    table.CheckConstraint("ck_customers_address_line1", "address_line1 <> '' AND address_line1 = btrim(address_line1)");
                    table.CheckConstraint("ck_customers_address_line2", "address_line2 <> ''");
                    table.CheckConstraint("ck_customers_city", "city <> '' AND city = btrim(city)");
                    table.CheckConstraint("ck_customers_country", "country ~ '^[A-Z]{2}$'");
                    table.CheckConstraint("ck_customers_created_by_username", "created_by_username <> ''");
                    table.CheckConstraint("ck_customers_email", "email ~ '^[^@[:space:]]+@[^@[:space:]]+$'");
                    table.CheckConstraint("ck_customers_first_name", "first_name <> '' AND first_name = btrim(first_name)");
                    table.CheckConstraint("ck_customers_last_name", "last_name <> '' AND last_name = btrim(last_name)");
                    table.CheckConstraint("ck_customers_phone_number", "phone_number ~ '^\\+[1-9][0-9]{6,14}$'");
                    table.CheckConstraint("ck_customers_postal_code", "postal_code <> '' AND postal_code = btrim(postal_code)");
                    table.CheckConstraint("ck_customers_state", "state <> ''");
                });

            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_created_at_id",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_last_name_first_name_id",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "last_name", "first_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_customers_search_text",
                schema: "customers",
                table: "customers",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ux_customers_email",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "email_normalized" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "customers",
                schema: "customers");
        }
    }
}
