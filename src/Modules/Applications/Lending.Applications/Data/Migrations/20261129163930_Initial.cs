using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Lending.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "applications");

            migrationBuilder.CreateTable(
                name: "applications",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    loan_amount = table.Column<decimal>(type: "numeric", nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    claimed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_by_username = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.id);
                    table.CheckConstraint("ck_applications_claimed_by", "(claimed_by_id IS NULL) = (claimed_by_username IS NULL) AND (claimed_by_id IS NULL OR status IN ('IN_REVIEW', 'CONDITIONAL'))");
                    table.CheckConstraint("ck_applications_content", "get_byte(content, 0) = 1");
                    table.CheckConstraint("ck_applications_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_applications_expires_at", "(expires_at IS NOT NULL) = (status IN ('DRAFT', 'SUBMITTED', 'COLLECTING', 'CONDITIONAL', 'APPROVED', 'REASSESSING'))");
                    table.CheckConstraint("ck_applications_loan_amount", "loan_amount > 0");
                    table.CheckConstraint("ck_applications_second_customer_id", "second_customer_id <> customer_id");
                    table.CheckConstraint("ck_applications_status", "status IN ('DRAFT', 'SUBMITTED', 'COLLECTING', 'ASSESSING', 'APPROVED', 'CONDITIONAL', 'IN_REVIEW', 'DECLINED', 'REVIEW_REQUESTED', 'CONTRACTED', 'EXPIRED', 'WITHDRAWN', 'REASSESSING')");
                });

            migrationBuilder.CreateTable(
                name: "offer_rules",
                schema: "applications",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    needs_approved_application = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_rules", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "json", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    died_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    trace_parent = table.Column<string>(type: "character varying(55)", maxLength: 55, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                    table.CheckConstraint("ck_outbox_messages_attempts", "attempts >= 0");
                });

            migrationBuilder.CreateTable(
                name: "application_transitions",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<byte[]>(type: "bytea", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application_transitions", x => x.id);
                    table.CheckConstraint("ck_application_transitions_comment", "get_byte(comment, 0) = 1");
                    table.CheckConstraint("ck_application_transitions_from_to", "\"from\" IS NULL AND \"to\" = 'DRAFT' OR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('DRAFT', 'SUBMITTED'), ('SUBMITTED', 'COLLECTING'), ('SUBMITTED', 'ASSESSING'), ('COLLECTING', 'ASSESSING'), ('ASSESSING', 'APPROVED'), ('ASSESSING', 'IN_REVIEW'), ('ASSESSING', 'DECLINED'), ('IN_REVIEW', 'APPROVED'), ('IN_REVIEW', 'CONDITIONAL'), ('IN_REVIEW', 'DECLINED'), ('CONDITIONAL', 'APPROVED'), ('CONDITIONAL', 'DECLINED'), ('DECLINED', 'REVIEW_REQUESTED'), ('REVIEW_REQUESTED', 'IN_REVIEW'), ('APPROVED', 'CONTRACTED'), ('APPROVED', 'REASSESSING'), ('CONTRACTED', 'REASSESSING'), ('REASSESSING', 'COLLECTING'), ('REASSESSING', 'ASSESSING'), ('DRAFT', 'WITHDRAWN'), ('SUBMITTED', 'WITHDRAWN'), ('COLLECTING', 'WITHDRAWN'), ('ASSESSING', 'WITHDRAWN'), ('IN_REVIEW', 'WITHDRAWN'), ('CONDITIONAL', 'WITHDRAWN'), ('REVIEW_REQUESTED', 'WITHDRAWN'), ('APPROVED', 'WITHDRAWN'), ('REASSESSING', 'WITHDRAWN'), ('DRAFT', 'EXPIRED'), ('SUBMITTED', 'EXPIRED'), ('COLLECTING', 'EXPIRED'), ('CONDITIONAL', 'EXPIRED'), ('APPROVED', 'EXPIRED'), ('REASSESSING', 'EXPIRED'))");
                    table.ForeignKey(
                        name: "fk_application_transitions_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    policy_version = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<int>(type: "integer", nullable: false),
                    stored = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.CheckConstraint("ck_decisions_outcome", "outcome IN ('APPROVE', 'REVIEW', 'REFUSE')");
                    table.CheckConstraint("ck_decisions_stored", "get_byte(stored, 0) = 1");
                    table.ForeignKey(
                        name: "fk_decisions_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "score_inquiries",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    legal_basis = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    @class = table.Column<int>(name: "class", type: "integer", nullable: true),
                    negative_entries = table.Column<int>(type: "integer", nullable: true),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    provider_reference = table.Column<string>(type: "text", nullable: true),
                    raw_answer = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_score_inquiries", x => x.id);
                    table.CheckConstraint("ck_score_inquiries_answered_at", "(answered_at IS NULL) = (outcome IS NULL)");
                    table.CheckConstraint("ck_score_inquiries_class", "(class IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'HIT')");
                    table.CheckConstraint("ck_score_inquiries_outcome", "outcome IN ('HIT', 'NONE', 'AMBIGUOUS', 'UNAVAILABLE')");
                    table.CheckConstraint("ck_score_inquiries_raw_answer", "get_byte(raw_answer, 0) = 1");
                    table.ForeignKey(
                        name: "fk_score_inquiries_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reviews",
                schema: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    result = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<byte[]>(type: "bytea", nullable: false),
                    conditions = table.Column<string[]>(type: "text[]", nullable: false),
                    is_override = table.Column<bool>(type: "boolean", nullable: false),
                    confirmed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_by_username = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                    table.CheckConstraint("ck_reviews_comment", "get_byte(comment, 0) = 1");
                    table.CheckConstraint("ck_reviews_completed_at", "completed_at IS NOT NULL OR is_override");
                    table.CheckConstraint("ck_reviews_conditions", "(result = 'CONDITIONAL') = (cardinality(conditions) > 0)");
                    table.CheckConstraint("ck_reviews_confirmed_by", "(confirmed_by_id IS NULL) = (confirmed_by_username IS NULL) AND (confirmed_by_id IS NULL OR is_override AND confirmed_by_id <> decided_by_id)");
                    table.CheckConstraint("ck_reviews_result", "result IN ('APPROVED', 'CONDITIONAL', 'DECLINED')");
                    table.ForeignKey(
                        name: "fk_reviews_applications_application_id",
                        column: x => x.application_id,
                        principalSchema: "applications",
                        principalTable: "applications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_reviews_decisions_decision_id",
                        column: x => x.decision_id,
                        principalSchema: "applications",
                        principalTable: "decisions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_application_transitions_application_id",
                schema: "applications",
                table: "application_transitions",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_customer_id",
                schema: "applications",
                table: "applications",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_expires_at",
                schema: "applications",
                table: "applications",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_offer_id",
                schema: "applications",
                table: "applications",
                column: "offer_id",
                filter: "offer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_applications_organization_id_created_at_id",
                schema: "applications",
                table: "applications",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_organization_id_status_created_at_id",
                schema: "applications",
                table: "applications",
                columns: new[] { "organization_id", "status", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_second_customer_id",
                schema: "applications",
                table: "applications",
                column: "second_customer_id",
                filter: "second_customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_application_id",
                schema: "applications",
                table: "decisions",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_aggregate_id_number",
                schema: "applications",
                table: "outbox_messages",
                columns: new[] { "aggregate_id", "number" },
                filter: "delivered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_died_at",
                schema: "applications",
                table: "outbox_messages",
                column: "died_at",
                filter: "died_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_type_next_attempt_at",
                schema: "applications",
                table: "outbox_messages",
                columns: new[] { "type", "next_attempt_at" },
                filter: "delivered_at IS NULL AND died_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_application_id",
                schema: "applications",
                table: "reviews",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_decision_id",
                schema: "applications",
                table: "reviews",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ux_reviews_application_id",
                schema: "applications",
                table: "reviews",
                column: "application_id",
                unique: true,
                filter: "completed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_score_inquiries_application_id",
                schema: "applications",
                table: "score_inquiries",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "ix_score_inquiries_customer_id",
                schema: "applications",
                table: "score_inquiries",
                column: "customer_id");

            // A row is of the organisation of what it hangs on. Not in the model: EF stamps organisations when it saves, and may not do so in its keys.
            migrationBuilder.Sql("ALTER TABLE applications.applications ADD CONSTRAINT ak_applications_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE applications.decisions ADD CONSTRAINT ak_decisions_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE applications.application_transitions DROP CONSTRAINT fk_application_transitions_applications_application_id, ADD CONSTRAINT fk_application_transitions_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.score_inquiries DROP CONSTRAINT fk_score_inquiries_applications_application_id, ADD CONSTRAINT fk_score_inquiries_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.decisions DROP CONSTRAINT fk_decisions_applications_application_id, ADD CONSTRAINT fk_decisions_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.reviews DROP CONSTRAINT fk_reviews_applications_application_id, ADD CONSTRAINT fk_reviews_applications_application_id FOREIGN KEY (application_id, organization_id) REFERENCES applications.applications (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE applications.reviews DROP CONSTRAINT fk_reviews_decisions_decision_id, ADD CONSTRAINT fk_reviews_decisions_decision_id FOREIGN KEY (decision_id, organization_id) REFERENCES applications.decisions (id, organization_id) ON DELETE CASCADE");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "application_transitions",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "offer_rules",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "reviews",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "score_inquiries",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "decisions",
                schema: "applications");

            migrationBuilder.DropTable(
                name: "applications",
                schema: "applications");
        }
    }
}
