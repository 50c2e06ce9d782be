using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class CardPayments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "card_payment_id",
                schema: "payments",
                table: "work_items",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "card_payments",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    provider_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    failure_code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    paid_on = table.Column<DateOnly>(type: "date", nullable: true),
                    is_booked = table.Column<bool>(type: "boolean", nullable: false),
                    booking_refusal = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    refunded_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_payments", x => x.id);
                    table.UniqueConstraint("ak_card_payments_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_card_payments_amount", "amount > 0");
                    table.CheckConstraint("ck_card_payments_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_card_payments_is_booked", "NOT is_booked OR status = 'Paid'");
                    table.CheckConstraint("ck_card_payments_paid_on", "(paid_on IS NOT NULL) = (status = 'Paid')");
                    table.CheckConstraint("ck_card_payments_provider_id", "status = 'Requested' OR provider_id IS NOT NULL");
                    table.CheckConstraint("ck_card_payments_refunded_amount", "refunded_amount BETWEEN 0 AND CASE WHEN status = 'Paid' THEN amount ELSE 0 END");
                    table.CheckConstraint("ck_card_payments_status", "status IN ('Requested', 'Open', 'Processing', 'Paid', 'Cancelled')");
                });

            migrationBuilder.CreateTable(
                name: "card_returns",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    card_payment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    provider_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    reason = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    withdrawn_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reinstated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reinstatement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_booked = table.Column<bool>(type: "boolean", nullable: false),
                    is_reinstatement_booked = table.Column<bool>(type: "boolean", nullable: false),
                    booking_refusal = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_returns", x => x.id);
                    table.CheckConstraint("ck_card_returns_amount", "amount > 0");
                    table.CheckConstraint("ck_card_returns_is_booked", "NOT is_booked OR withdrawn_on IS NOT NULL");
                    table.CheckConstraint("ck_card_returns_kind", "kind IN ('Refund', 'Dispute')");
                    table.CheckConstraint("ck_card_returns_reinstated_on", "(reinstated_on IS NOT NULL) = (status = 'Reinstated')");
                    table.CheckConstraint("ck_card_returns_status", "status IN ('Requested', 'Pending', 'Withdrawn', 'Reinstated', 'Void')");
                    table.CheckConstraint("ck_card_returns_withdrawn_on", "(withdrawn_on IS NOT NULL) = (status IN ('Withdrawn', 'Reinstated'))");
                    table.ForeignKey(
                        name: "fk_card_returns_card_payments_card_payment_id_organization_id",
                        columns: x => new { x.card_payment_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "card_payments",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_card_payment_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "card_payment_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_card_payments_customer_id",
                schema: "payments",
                table: "card_payments",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_card_payments_loan_account_id_created_at_id",
                schema: "payments",
                table: "card_payments",
                columns: new[] { "loan_account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_card_payments_organization_id_created_at_id",
                schema: "payments",
                table: "card_payments",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_card_payments_request",
                schema: "payments",
                table: "card_payments",
                columns: new[] { "organization_id", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_card_returns_card_payment_id_organization_id",
                schema: "payments",
                table: "card_returns",
                columns: new[] { "card_payment_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ux_card_returns_request",
                schema: "payments",
                table: "card_returns",
                columns: new[] { "organization_id", "request_id" },
                unique: true,
                filter: "request_id IS NOT NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_work_items_card_payments_card_payment_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "card_payment_id", "organization_id" },
                principalSchema: "payments",
                principalTable: "card_payments",
                principalColumns: new[] { "id", "organization_id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_work_items_card_payments_card_payment_id_organization_id",
                schema: "payments",
                table: "work_items");

            migrationBuilder.DropTable(
                name: "card_returns",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "card_payments",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_work_items_card_payment_id_organization_id",
                schema: "payments",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "card_payment_id",
                schema: "payments",
                table: "work_items");
        }
    }
}
