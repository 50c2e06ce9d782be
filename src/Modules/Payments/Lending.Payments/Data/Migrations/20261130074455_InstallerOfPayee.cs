using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class InstallerOfPayee : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "installer_id",
                schema: "payments",
                table: "payee_accounts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_payee_accounts_owner",
                schema: "payments",
                table: "payee_accounts",
                sql: "customer_id IS NULL OR installer_id IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_payee_accounts_owner",
                schema: "payments",
                table: "payee_accounts");

            migrationBuilder.DropColumn(
                name: "installer_id",
                schema: "payments",
                table: "payee_accounts");
        }
    }
}
