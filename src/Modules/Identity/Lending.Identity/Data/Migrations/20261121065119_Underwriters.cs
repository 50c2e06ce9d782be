using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Underwriters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_users_role",
                schema: "identity",
                table: "users");

            migrationBuilder.AddColumn<string>(
                name: "approval_tiers",
                schema: "identity",
                table: "organizations",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[{\"amountUpTo\":null,\"approver\":\"installer\"}]'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_users_role",
                schema: "identity",
                table: "users",
                sql: "role IN ('ADMIN', 'INSTALLER', 'UNDERWRITER', 'CUSTOMER')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_approval_tiers",
                schema: "identity",
                table: "organizations",
                sql: "CASE jsonb_typeof(approval_tiers) WHEN 'array' THEN\n    jsonb_array_length(approval_tiers) BETWEEN 1 AND 10\n    AND COALESCE(approval_tiers -> -1 -> 'amountUpTo' = 'null', false)\n    AND NOT jsonb_path_exists(approval_tiers, '$[0 to last - 1] ? (!(@.amountUpTo > 0))')\n    AND NOT jsonb_path_exists(\n        approval_tiers,\n        '$[*] ? (!(@.approver == \"installer\" || @.approver == \"second-person\" || @.approver == \"underwriter\"))'\n    )\nELSE false END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_users_role",
                schema: "identity",
                table: "users");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_approval_tiers",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "approval_tiers",
                schema: "identity",
                table: "organizations");

            migrationBuilder.AddCheckConstraint(
                name: "ck_users_role",
                schema: "identity",
                table: "users",
                sql: "role IN ('ADMIN', 'INSTALLER', 'CUSTOMER')");
        }
    }
}
