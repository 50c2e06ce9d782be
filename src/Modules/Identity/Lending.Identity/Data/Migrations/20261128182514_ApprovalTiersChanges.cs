using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class ApprovalTiersChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "allow_payout_before_withdrawal_ends",
                schema: "identity",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "approval_tiers_changes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tiers = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by_username = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    proposed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_tiers_changes", x => x.id);
                    table.CheckConstraint("ck_approval_tiers_changes_confirmation", "status <> 'CONFIRMED' OR decided_by_id <> proposed_by_id");
                    table.CheckConstraint("ck_approval_tiers_changes_decision", "num_nulls(decided_by_id, decided_by_username, decided_at) = CASE status WHEN 'PROPOSED' THEN 3 ELSE 0 END");
                    table.CheckConstraint("ck_approval_tiers_changes_status", "status IN ('PROPOSED', 'CONFIRMED', 'REJECTED')");
                    table.CheckConstraint("ck_approval_tiers_changes_tiers", "CASE jsonb_typeof(tiers) WHEN 'array' THEN\n    jsonb_array_length(tiers) BETWEEN 1 AND 10\n    AND COALESCE(tiers -> -1 -> 'amountUpTo' = 'null', false)\n    AND NOT jsonb_path_exists(tiers, '$[0 to last - 1] ? (!(@.amountUpTo > 0))')\n    AND NOT jsonb_path_exists(\n        tiers,\n        '$[*] ? (!(@.approver == \"installer\" || @.approver == \"second-person\" || @.approver == \"underwriter\"))'\n    )\nELSE false END");
                    table.ForeignKey(
                        name: "fk_approval_tiers_changes_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_approval_tiers_changes_organization_id_created_at_id",
                schema: "identity",
                table: "approval_tiers_changes",
                columns: new[] { "organization_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ux_approval_tiers_changes_open",
                schema: "identity",
                table: "approval_tiers_changes",
                column: "organization_id",
                unique: true,
                filter: "status = 'PROPOSED'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "approval_tiers_changes",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "allow_payout_before_withdrawal_ends",
                schema: "identity",
                table: "organizations");
        }
    }
}
