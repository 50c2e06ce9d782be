using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Suppressions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "suppressions",
                schema: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    notification_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppressions", x => x.id);
                    table.CheckConstraint("ck_suppressions_address_hash", "length(address_hash) = 32");
                    table.CheckConstraint("ck_suppressions_status", "status LIKE '5.%'");
                });

            migrationBuilder.CreateIndex(
                name: "ix_suppressions_customer_id",
                schema: "notifications",
                table: "suppressions",
                columns: new[] { "organization_id", "customer_id", "created_at", "id" },
                filter: "customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_suppressions_organization_id_created_at_id",
                schema: "notifications",
                table: "suppressions",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_suppressions_address_hash",
                schema: "notifications",
                table: "suppressions",
                columns: new[] { "organization_id", "address_hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "suppressions",
                schema: "notifications");
        }
    }
}
