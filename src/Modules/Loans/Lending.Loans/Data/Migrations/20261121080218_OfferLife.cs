using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class OfferLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_status",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.AddColumn<string>(
                name: "customer_postal_address",
                schema: "loans",
                table: "offers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "lender",
                schema: "loans",
                table: "offers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "terms_at",
                schema: "loans",
                table: "offers",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<Guid>(
                name: "terms_by_id",
                schema: "loans",
                table: "offers",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "terms_by_username",
                schema: "loans",
                table: "offers",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_until",
                schema: "loans",
                table: "offers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                schema: "loans",
                table: "offers",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawal_ended_at",
                schema: "loans",
                table: "offers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawal_ends_at",
                schema: "loans",
                table: "offers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                schema: "loans",
                table: "offer_transitions",
                type: "text",
                nullable: true);

            // By hand: what is true of offers that were made before. Approved ones are valid as if they had been approved today.
            migrationBuilder.Sql(
                """
                UPDATE loans.offers
                SET terms_by_id = created_by_id,
                    terms_by_username = created_by_username,
                    terms_at = created_at,
                    valid_until = CASE WHEN status = 'APPROVED' THEN date_trunc('day', now(), 'UTC') + interval '31 days' END;
                ALTER TABLE loans.offers
                    ALTER customer_postal_address DROP DEFAULT,
                    ALTER lender DROP DEFAULT,
                    ALTER terms_at DROP DEFAULT,
                    ALTER terms_by_id DROP DEFAULT,
                    ALTER terms_by_username DROP DEFAULT,
                    ALTER version DROP DEFAULT;
                """);

            migrationBuilder.CreateTable(
                name: "offer_acceptances",
                schema: "loans",
                columns: table => new
                {
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    typed_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    over_link = table.Column<bool>(type: "boolean", nullable: false),
                    ip_address = table.Column<string>(type: "text", nullable: true),
                    user_agent = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    content = table.Column<string>(type: "text", nullable: false),
                    document_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    schedule = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_acceptances", x => x.offer_id);
                    table.CheckConstraint("ck_offer_acceptances_document_hash", "document_hash = sha256(convert_to(content, 'UTF8'))");
                    table.ForeignKey(
                        name: "fk_offer_acceptances_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_comments",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_comments", x => x.id);
                    table.CheckConstraint("ck_offer_comments_visibility", "visibility IN ('INTERNAL', 'CUSTOMER')");
                    table.ForeignKey(
                        name: "fk_offer_comments_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_links",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_links", x => x.id);
                    table.CheckConstraint("ck_offer_links_token_hash", "length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_offer_links_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_versions",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    document_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_versions", x => x.id);
                    table.CheckConstraint("ck_offer_versions_document_hash", "document_hash = sha256(convert_to(content, 'UTF8'))");
                    table.CheckConstraint("ck_offer_versions_number", "number >= 1");
                    table.ForeignKey(
                        name: "fk_offer_versions_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_views",
                schema: "loans",
                columns: table => new
                {
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_views", x => new { x.offer_id, x.version });
                    table.ForeignKey(
                        name: "fk_offer_views_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_offers_valid_until",
                schema: "loans",
                table: "offers",
                column: "valid_until",
                filter: "status = 'APPROVED'");

            migrationBuilder.CreateIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers",
                column: "withdrawal_ends_at",
                filter: "status = 'ACCEPTED' AND withdrawal_ended_at IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_status",
                schema: "loans",
                table: "offers",
                sql: "status IN ('PENDING', 'APPROVED', 'REJECTED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'CANCELLED', 'WITHDRAWN', 'DISBURSED')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_valid_until",
                schema: "loans",
                table: "offers",
                sql: "valid_until IS NOT NULL OR status NOT IN ('APPROVED', 'ACCEPTED')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_version",
                schema: "loans",
                table: "offers",
                sql: "version BETWEEN 1 AND 1000");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers",
                sql: "withdrawal_ends_at IS NOT NULL OR status <> 'ACCEPTED'");

            // By hand: checked at the commit, so that who loses a race meets the version check first and gets its answer.
            migrationBuilder.Sql(
                """
                ALTER TABLE loans.offer_transitions ADD CONSTRAINT ix_offer_transitions_offer_id_from
                    UNIQUE (offer_id, "from") DEFERRABLE INITIALLY DEFERRED;
                ALTER TABLE loans.offer_acceptances
                    DROP CONSTRAINT pk_offer_acceptances,
                    ADD CONSTRAINT pk_offer_acceptances PRIMARY KEY (offer_id) DEFERRABLE INITIALLY DEFERRED;
                """);

            // By hand: histories that were written under the earlier rules stay as they are.
            migrationBuilder.Sql(
                "ALTER TABLE loans.offer_transitions ADD CONSTRAINT ck_offer_transitions_from_to CHECK (\"from\" IS NULL AND \"to\" = 'PENDING'\nOR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('PENDING', 'APPROVED'), ('PENDING', 'REJECTED'), ('PENDING', 'CANCELLED'), ('APPROVED', 'ACCEPTED'), ('APPROVED', 'DECLINED'), ('APPROVED', 'EXPIRED'), ('APPROVED', 'CANCELLED'), ('ACCEPTED', 'DISBURSED'), ('ACCEPTED', 'WITHDRAWN'))) NOT VALID");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_transitions_reason",
                schema: "loans",
                table: "offer_transitions",
                sql: "reason IN ('INSUFFICIENT_INCOME', 'CREDIT_HISTORY', 'INCOMPLETE_DOCUMENTS', 'UNSUITABLE_PROPERTY', 'SUSPECTED_FRAUD', 'OTHER')");

            // By hand: histories that were written under the earlier rules stay as they are.
            migrationBuilder.Sql(
                "ALTER TABLE loans.offer_transitions ADD CONSTRAINT ck_offer_transitions_rejection CHECK ((\"to\" = 'REJECTED') = (reason IS NOT NULL) AND (\"to\" <> 'REJECTED' OR comment IS NOT NULL)) NOT VALID");

            migrationBuilder.CreateIndex(
                name: "ix_offer_comments_offer_id_created_at_id",
                schema: "loans",
                table: "offer_comments",
                columns: new[] { "offer_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_offer_links_offer_id",
                schema: "loans",
                table: "offer_links",
                column: "offer_id",
                unique: true,
                filter: "used_at IS NULL AND revoked_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_offer_links_token_hash",
                schema: "loans",
                table: "offer_links",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_offer_versions_offer_id_number",
                schema: "loans",
                table: "offer_versions",
                columns: new[] { "offer_id", "number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "offer_acceptances",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offer_comments",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offer_links",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offer_versions",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offer_views",
                schema: "loans");

            migrationBuilder.DropIndex(
                name: "ix_offers_valid_until",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_status",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_valid_until",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.Sql("ALTER TABLE loans.offer_transitions DROP CONSTRAINT ix_offer_transitions_offer_id_from");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_reason",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_rejection",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.DropColumn(
                name: "customer_postal_address",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "lender",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "terms_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "terms_by_id",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "terms_by_username",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "valid_until",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "version",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "withdrawal_ended_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "withdrawal_ends_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "reason",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_status",
                schema: "loans",
                table: "offers",
                sql: "status IN ('PENDING', 'APPROVED', 'REJECTED', 'DISBURSED')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions",
                sql: "\"from\" IS NULL AND \"to\" = 'PENDING'\nOR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('PENDING', 'APPROVED'), ('PENDING', 'REJECTED'), ('APPROVED', 'DISBURSED'))");
        }
    }
}
