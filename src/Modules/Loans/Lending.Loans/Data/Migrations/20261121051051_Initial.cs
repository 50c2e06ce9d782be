using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "loans");

            migrationBuilder.CreateTable(
                name: "offers",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    annual_rate_percent = table.Column<decimal>(type: "numeric", nullable: false),
                    term_months = table.Column<int>(type: "integer", nullable: false),
                    monthly_payment = table.Column<decimal>(type: "numeric", nullable: false),
                    total_payment = table.Column<decimal>(type: "numeric", nullable: false),
                    total_interest = table.Column<decimal>(type: "numeric", nullable: false),
                    first_due_date = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false),
                    customer_email = table.Column<string>(type: "text", nullable: false),
                    customer_full_name = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offers", x => x.id);
                    table.CheckConstraint("ck_offers_annual_rate_percent", "annual_rate_percent BETWEEN 0 AND 50");
                    table.CheckConstraint("ck_offers_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_offers_loan_amount", "loan_amount BETWEEN 500 AND 1000000");
                    table.CheckConstraint("ck_offers_monthly_payment", "monthly_payment > 0");
                    table.CheckConstraint("ck_offers_status", "status IN ('PENDING', 'APPROVED', 'REJECTED', 'DISBURSED')");
                    table.CheckConstraint("ck_offers_term_months", "term_months BETWEEN 1 AND 600");
                    table.CheckConstraint("ck_offers_total_interest", "total_interest = total_payment - loan_amount");
                    table.CheckConstraint("ck_offers_total_payment", "total_payment >= loan_amount");
                });

            migrationBuilder.CreateTable(
                name: "offer_transitions",
                schema: "loans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    to = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_transitions", x => x.id);
                    table.CheckConstraint("ck_offer_transitions_from_to", "\"from\" IS NULL AND \"to\" = 'PENDING'\nOR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('PENDING', 'APPROVED'), ('PENDING', 'REJECTED'), ('APPROVED', 'DISBURSED'))");
                    table.ForeignKey(
                        name: "fk_offer_transitions_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "loans",
                        principalTable: "offers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // By hand: checked at the commit, so that who loses a race meets the version check first and gets its answer.
            migrationBuilder.Sql(
                "ALTER TABLE loans.offer_transitions ADD CONSTRAINT ix_offer_transitions_offer_id_to "
                    + "UNIQUE (offer_id, \"to\") DEFERRABLE INITIALLY DEFERRED");

            // The history row is written before the offer, whose xmin decides a race with a deletion: until then the key may point nowhere.
            migrationBuilder.Sql(
                "ALTER TABLE loans.offer_transitions ALTER CONSTRAINT fk_offer_transitions_offers_offer_id DEFERRABLE INITIALLY DEFERRED");

            migrationBuilder.CreateIndex(
                name: "ix_offers_organization_id_created_at_id",
                schema: "loans",
                table: "offers",
                columns: new[] { "organization_id", "created_at", "id" },
                descending: new[] { false, true, true });

            // By hand: EF has no index over a complex property.
            migrationBuilder.CreateIndex(
                name: "ix_offers_organization_id_customer_id_created_at_id",
                schema: "loans",
                table: "offers",
                columns: new[] { "organization_id", "customer_id", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_offers_organization_id_status_created_at_id",
                schema: "loans",
                table: "offers",
                columns: new[] { "organization_id", "status", "created_at", "id" },
                descending: new[] { false, false, true, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "offer_transitions",
                schema: "loans");

            migrationBuilder.DropTable(
                name: "offers",
                schema: "loans");
        }
    }
}
