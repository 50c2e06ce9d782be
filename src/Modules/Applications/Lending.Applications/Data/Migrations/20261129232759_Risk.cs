using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Risk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "needs_person",
                schema: "applications",
                table: "applications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "risk_assessments",
                schema: "applications",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<decimal>(type: "numeric(5,4)", precision: 5, scale: 4, nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    is_duplicate = table.Column<bool>(type: "boolean", nullable: false),
                    model_version = table.Column<string>(type: "text", nullable: false),
                    stored = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    label = table.Column<string>(type: "text", nullable: true),
                    labelled_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    labelled_by_username = table.Column<string>(type: "text", nullable: true),
                    labelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    comment = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_assessments", x => x.application_id);
                    table.CheckConstraint("ck_risk_assessments_comment", "get_byte(comment, 0) = 1");
                    table.CheckConstraint("ck_risk_assessments_label", "label IN ('FRAUD', 'GENUINE')");
                    table.CheckConstraint("ck_risk_assessments_labelled_at", "num_nulls(label, labelled_at, labelled_by_id, labelled_by_username) IN (0, 4)");
                    table.CheckConstraint("ck_risk_assessments_level", "level IN ('CONTINUE', 'CODE', 'REVIEW')");
                    table.CheckConstraint("ck_risk_assessments_score", "score BETWEEN 0 AND 1");
                    table.CheckConstraint("ck_risk_assessments_stored", "get_byte(stored, 0) = 1");
                    table.ForeignKey(
                        name: "fk_risk_assessments_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "risk_keys",
                schema: "applications",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_keys", x => new { x.application_id, x.kind, x.hash });
                    table.CheckConstraint("ck_risk_keys_kind", "kind IN ('ADDRESS', 'DEVICE', 'PHONE', 'HOME', 'STARTER')");
                    table.ForeignKey(
                        name: "fk_risk_keys_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_risk_assessments_organization_id_created_at",
                schema: "applications",
                table: "risk_assessments",
                columns: new[] { "organization_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_assessments_organization_id_labelled_at",
                schema: "applications",
                table: "risk_assessments",
                columns: new[] { "organization_id", "labelled_at" },
                filter: "labelled_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_risk_keys_at",
                schema: "applications",
                table: "risk_keys",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_risk_keys_organization_id_kind_hash_at",
                schema: "applications",
                table: "risk_keys",
                columns: new[] { "organization_id", "kind", "hash", "at" });

            // As in the first migration: a row is of the organisation of what it hangs on.
            migrationBuilder.Sql("ALTER TABLE applications.risk_assessments DROP CONSTRAINT fk_risk_assessments_applications_application_id, ADD CONSTRAINT fk_risk_assessments_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.risk_keys DROP CONSTRAINT fk_risk_keys_applications_application_id, ADD CONSTRAINT fk_risk_keys_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "risk_assessments",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "risk_keys",
                schema: "applications");

            migrationBuilder.DropColumn(
                name: "needs_person",
                schema: "applications",
                table: "applications");
        }
    }
}
