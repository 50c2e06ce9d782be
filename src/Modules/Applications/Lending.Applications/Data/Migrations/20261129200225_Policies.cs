using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Policies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_application_transitions_from_to",
                schema: "applications",
                table: "application_transitions");

            migrationBuilder.CreateTable(
                name: "policies",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    replayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policies", x => x.id);
                    table.CheckConstraint("ck_policies_replayed_at", "status <> 'LIVE' OR replayed_at IS NOT NULL");
                    table.CheckConstraint("ck_policies_status", "status IN ('DRAFT', 'COMMITTED', 'SHADOW', 'LIVE', 'RETIRED')");
                });

            migrationBuilder.CreateTable(
                name: "shadow_decisions",
                schema: "applications",
                columns: table => new
                {
                    decision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    policy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shadow_decisions", x => x.decision_id);
                    table.CheckConstraint("ck_shadow_decisions_outcome", "outcome IN ('APPROVE', 'REVIEW', 'REFUSE')");
                    table.ForeignKey(
                        name: "fk_shadow_decisions_decisions_decision_id",
                        column: x => x.decision_id,
                        principalSchema: "applications",
                        principalTable: "decisions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_shadow_decisions_policies_policy_id",
                        column: x => x.policy_id,
                        principalSchema: "applications",
                        principalTable: "policies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_organization_id_created_at_id",
                schema: "applications",
                table: "decisions",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_application_transitions_from_to",
                schema: "applications",
                table: "application_transitions",
                sql: "\"from\" IS NULL AND \"to\" = 'DRAFT' OR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'COLLECTING'), ('SUBMITTED', 'ASSESSING'), ('COLLECTING', 'ASSESSING'), ('ASSESSING', 'APPROVED'), ('ASSESSING', 'IN_REVIEW'), ('ASSESSING', 'DECLINED'), ('IN_REVIEW', 'APPROVED'), ('IN_REVIEW', 'CONDITIONAL'), ('IN_REVIEW', 'DECLINED'), ('CONDITIONAL', 'APPROVED'), ('CONDITIONAL', 'DECLINED'), ('DECLINED', 'REVIEW_REQUESTED'), ('REVIEW_REQUESTED', 'IN_REVIEW'), ('APPROVED', 'CONTRACTED'), ('APPROVED', 'REASSESSING'), ('REASSESSING', 'COLLECTING'), ('REASSESSING', 'ASSESSING'), ('DRAFT', 'WITHDRAWN'), ('SUBMITTED', 'WITHDRAWN'), ('COLLECTING', 'WITHDRAWN'), ('ASSESSING', 'WITHDRAWN'), ('IN_REVIEW', 'WITHDRAWN'), ('CONDITIONAL', 'WITHDRAWN'), ('REVIEW_REQUESTED', 'WITHDRAWN'), ('APPROVED', 'WITHDRAWN'), ('REASSESSING', 'WITHDRAWN'), ('DRAFT', 'EXPIRED'), ('SUBMITTED', 'EXPIRED'), ('COLLECTING', 'EXPIRED'), ('CONDITIONAL', 'EXPIRED'), ('APPROVED', 'EXPIRED'), ('REASSESSING', 'EXPIRED'))");

            migrationBuilder.CreateIndex(
                name: "ix_policies_organization_id_created_at_id",
                schema: "applications",
                table: "policies",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_policies_organization_id_version",
                schema: "applications",
                table: "policies",
                columns: new[] { "organization_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_policies_organization_id_status",
                schema: "applications",
                table: "policies",
                columns: new[] { "organization_id", "status" },
                unique: true,
                filter: "status IN ('LIVE', 'SHADOW')");

            migrationBuilder.CreateIndex(
                name: "ix_shadow_decisions_policy_id",
                schema: "applications",
                table: "shadow_decisions",
                column: "policy_id");

            // As in the first migration: a row is of the organisation of what it hangs on.
            migrationBuilder.Sql("ALTER TABLE applications.policies ADD CONSTRAINT ak_policies_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE applications.shadow_decisions DROP CONSTRAINT fk_shadow_decisions_decisions_decision_id, ADD CONSTRAINT fk_shadow_decisions_decisions_decision_id FOREIGN KEY (decision_id, organization_id) REFERENCES applications.decisions (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.shadow_decisions DROP CONSTRAINT fk_shadow_decisions_policies_policy_id, ADD CONSTRAINT fk_shadow_decisions_policies_policy_id FOREIGN KEY (policy_id, organization_id) REFERENCES applications.policies (id, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shadow_decisions",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "policies",
                schema: "applications");

            migrationBuilder.DropIndex(
                name: "ix_decisions_organization_id_created_at_id",
                schema: "applications",
                table: "decisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_application_transitions_from_to",
                schema: "applications",
                table: "application_transitions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_application_transitions_from_to",
                schema: "applications",
                table: "application_transitions",
                sql: "\"from\" IS NULL AND \"to\" = 'DRAFT' OR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'COLLECTING'), ('SUBMITTED', 'ASSESSING'), ('COLLECTING', 'ASSESSING'), ('ASSESSING', 'APPROVED'), ('ASSESSING', 'IN_REVIEW'), ('ASSESSING', 'DECLINED'), ('IN_REVIEW', 'APPROVED'), ('IN_REVIEW', 'CONDITIONAL'), ('IN_REVIEW', 'DECLINED'), ('CONDITIONAL', 'APPROVED'), ('CONDITIONAL', 'DECLINED'), ('DECLINED', 'REVIEW_REQUESTED'), ('REVIEW_REQUESTED', 'IN_REVIEW'), ('APPROVED', 'CONTRACTED'), ('APPROVED', 'REASSESSING'), ('CONTRACTED', 'REASSESSING'), ('REASSESSING', 'COLLECTING'), ('REASSESSING', 'ASSESSING'), ('DRAFT', 'WITHDRAWN'), ('SUBMITTED', 'WITHDRAWN'), ('COLLECTING', 'WITHDRAWN'), ('ASSESSING', 'WITHDRAWN'), ('IN_REVIEW', 'WITHDRAWN'), ('CONDITIONAL', 'WITHDRAWN'), ('REVIEW_REQUESTED', 'WITHDRAWN'), ('APPROVED', 'WITHDRAWN'), ('REASSESSING', 'WITHDRAWN'), ('DRAFT', 'EXPIRED'), ('SUBMITTED', 'EXPIRED'), ('COLLECTING', 'EXPIRED'), ('CONDITIONAL', 'EXPIRED'), ('APPROVED', 'EXPIRED'), ('REASSESSING', 'EXPIRED'))");
        }
    }
}
