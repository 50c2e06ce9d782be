using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    public partial class CustomerInstaller : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "installer_id",
                schema: "customers",
                table: "customers",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_installer_id_created_at_id",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "installer_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_customers_organization_id_installer_id_created_at_id",
                schema: "customers",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "installer_id",
                schema: "customers",
                table: "customers");
        }
    }
}
