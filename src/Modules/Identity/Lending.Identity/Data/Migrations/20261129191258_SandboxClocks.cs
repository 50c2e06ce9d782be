using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class SandboxClocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<TimeSpan>(
                name: "clock_ahead",
                schema: "identity",
                table: "organizations",
                type: "interval",
                nullable: false,
                defaultValueSql: "'0'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_clock_ahead",
                schema: "identity",
                table: "organizations",
                sql: "clock_ahead = '0' OR (sandbox_of IS NOT NULL AND clock_ahead BETWEEN '0' AND '3653 days')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_clock_ahead",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "clock_ahead",
                schema: "identity",
                table: "organizations");
        }
    }
}
