using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class CustomerLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "customer_links",
                schema: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<byte[]>(type: "bytea", nullable: false),
                    session_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    session_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    code_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    code_tries = table.Column<int>(type: "integer", nullable: false),
                    codes_sent = table.Column<int>(type: "integer", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_links", x => x.id);
                    table.CheckConstraint("ck_customer_links_code", "(code_hash IS NULL) = (code_expires_at IS NULL) AND (code_hash IS NULL OR length(code_hash) = 32)");
                    table.CheckConstraint("ck_customer_links_code_counts", "code_tries BETWEEN 0 AND 5 AND codes_sent BETWEEN 0 AND 10");
                    table.CheckConstraint("ck_customer_links_email", "get_byte(email, 0) = 1");
                    table.CheckConstraint("ck_customer_links_session", "(session_hash IS NULL) = (session_ends_at IS NULL) AND (session_hash IS NULL OR length(session_hash) = 32)");
                    table.CheckConstraint("ck_customer_links_token_hash", "length(token_hash) = 32");
                });

            migrationBuilder.CreateIndex(
                name: "ix_customer_links_customer_id",
                schema: "customers",
                table: "customer_links",
                column: "customer_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "customer_links",
                schema: "customers");
        }
    }
}
