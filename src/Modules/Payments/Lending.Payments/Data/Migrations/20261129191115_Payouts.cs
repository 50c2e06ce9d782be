using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Payments.Data.Migrations
{
    /// <inheritdoc />
    public partial class Payouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_bank_lines_place",
                schema: "payments",
                table: "bank_lines");

            migrationBuilder.DropCheckConstraint(
                name: "ck_bank_lines_place",
                schema: "payments",
                table: "bank_lines");

            // Nobody writes it any more. The version before reads it, so a later migration takes it away.
            migrationBuilder.Sql("ALTER TABLE payments.bank_lines ALTER COLUMN original_amount SET DEFAULT 0");

            migrationBuilder.AddColumn<Guid>(
                name: "payout_id",
                schema: "payments",
                table: "work_items",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "notice_days",
                schema: "payments",
                table: "creditors",
                type: "integer",
                nullable: false,
                defaultValue: 14);

            migrationBuilder.AddColumn<int>(
                name: "page",
                schema: "payments",
                table: "bank_lines",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "payee_accounts",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    holder_name = table.Column<string>(type: "character varying(70)", maxLength: 70, nullable: false),
                    iban = table.Column<byte[]>(type: "bytea", nullable: false),
                    bic = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: true),
                    street = table.Column<string>(type: "character varying(70)", maxLength: 70, nullable: true),
                    building_number = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    post_code = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    town = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    method = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false),
                    verified_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    verified_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payee_accounts", x => x.id);
                    table.UniqueConstraint("ak_payee_accounts_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_payee_accounts_country", "country ~ '^[A-Z]{2}$'");
                    table.CheckConstraint("ck_payee_accounts_holder_name", "holder_name <> ''");
                    table.CheckConstraint("ck_payee_accounts_iban", "get_byte(iban, 0) = 1");
                    table.CheckConstraint("ck_payee_accounts_method", "method IN ('BankAnswer', 'Document')");
                    table.CheckConstraint("ck_payee_accounts_second_person", "verified_at IS NULL OR verified_by_id <> created_by_id");
                    table.CheckConstraint("ck_payee_accounts_status", "status IN ('Unverified', 'Verified', 'Retired')");
                    table.CheckConstraint("ck_payee_accounts_town", "town <> ''");
                    table.CheckConstraint("ck_payee_accounts_verified", "(verified_at IS NULL) = (method IS NULL) AND (status <> 'Verified' OR verified_at IS NOT NULL)");
                });

            migrationBuilder.CreateTable(
                name: "payout_runs",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    execute_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    message_id = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    file = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_runs", x => x.id);
                    table.UniqueConstraint("ak_payout_runs_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_payout_runs_decided_at", "(decided_at IS NULL) = (status = 'Draft')");
                    table.CheckConstraint("ck_payout_runs_file", "get_byte(file, 0) = 1");
                    table.CheckConstraint("ck_payout_runs_released", "(file IS NOT NULL) = (status = 'Released')");
                    table.CheckConstraint("ck_payout_runs_second_person", "status <> 'Released' OR decided_by_id <> created_by_id");
                    table.CheckConstraint("ck_payout_runs_status", "status IN ('Draft', 'Released', 'Cancelled')");
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                schema: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payout_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payee_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_refund = table.Column<bool>(type: "boolean", nullable: false),
                    execute_on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    end_to_end_id = table.Column<string>(type: "character varying(33)", maxLength: 33, nullable: false),
                    part_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason_code = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    settled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    failed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => x.id);
                    table.UniqueConstraint("ak_payouts_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_payouts_amount", "amount > 0");
                    table.CheckConstraint("ck_payouts_failed_on", "(failed_on IS NOT NULL) = (status IN ('Rejected', 'Returned'))");
                    table.CheckConstraint("ck_payouts_settled_on", "settled_on IS NOT NULL OR status <> 'Settled'");
                    table.CheckConstraint("ck_payouts_status", "status IN ('Planned', 'Sent', 'Settled', 'Rejected', 'Returned', 'Cancelled')");
                    table.ForeignKey(
                        name: "fk_payouts_payee_accounts_payee_account_id_organization_id",
                        columns: x => new { x.payee_account_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "payee_accounts",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payouts_payout_runs_payout_run_id_organization_id",
                        columns: x => new { x.payout_run_id, x.organization_id },
                        principalSchema: "payments",
                        principalTable: "payout_runs",
                        principalColumns: new[] { "id", "organization_id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_payout_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "payout_id", "organization_id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_creditors_notice_days",
                schema: "payments",
                table: "creditors",
                sql: "notice_days BETWEEN 1 AND 14");

            migrationBuilder.CreateIndex(
                name: "ux_bank_lines_place",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "organization_id", "account", "statement_id", "page", "entry", "detail" },
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_bank_lines_place",
                schema: "payments",
                table: "bank_lines",
                sql: "page > 0 AND entry > 0 AND detail >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_payee_accounts_customer_id",
                schema: "payments",
                table: "payee_accounts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_payee_accounts_organization_id_created_at_id",
                schema: "payments",
                table: "payee_accounts",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payout_runs_organization_id_created_at_id",
                schema: "payments",
                table: "payout_runs",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payout_runs_organization_id_message_id",
                schema: "payments",
                table: "payout_runs",
                columns: new[] { "organization_id", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_customer_id",
                schema: "payments",
                table: "payouts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_payouts_loan_account_id",
                schema: "payments",
                table: "payouts",
                column: "loan_account_id");

            migrationBuilder.CreateIndex(
                name: "ix_payouts_organization_id_created_at_id",
                schema: "payments",
                table: "payouts",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_organization_id_end_to_end_id",
                schema: "payments",
                table: "payouts",
                columns: new[] { "organization_id", "end_to_end_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_organization_id_part_id",
                schema: "payments",
                table: "payouts",
                columns: new[] { "organization_id", "part_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_payee_account_id_organization_id",
                schema: "payments",
                table: "payouts",
                columns: new[] { "payee_account_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_payout_run_id_organization_id",
                schema: "payments",
                table: "payouts",
                columns: new[] { "payout_run_id", "organization_id" });

            migrationBuilder.CreateIndex(
                name: "ux_payouts_loan_event_id",
                schema: "payments",
                table: "payouts",
                column: "loan_event_id",
                unique: true,
                filter: "status <> 'Cancelled' AND status <> 'Rejected' AND status <> 'Returned'");

            migrationBuilder.AddForeignKey(
                name: "fk_work_items_payouts_payout_id_organization_id",
                schema: "payments",
                table: "work_items",
                columns: new[] { "payout_id", "organization_id" },
                principalSchema: "payments",
                principalTable: "payouts",
                principalColumns: new[] { "id", "organization_id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_work_items_payouts_payout_id_organization_id",
                schema: "payments",
                table: "work_items");

            migrationBuilder.DropTable(
                name: "payouts",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "payee_accounts",
                schema: "payments");

            migrationBuilder.DropTable(
                name: "payout_runs",
                schema: "payments");

            migrationBuilder.DropIndex(
                name: "ix_work_items_payout_id_organization_id",
                schema: "payments",
                table: "work_items");

            migrationBuilder.DropCheckConstraint(
                name: "ck_creditors_notice_days",
                schema: "payments",
                table: "creditors");

            migrationBuilder.DropIndex(
                name: "ux_bank_lines_place",
                schema: "payments",
                table: "bank_lines");

            migrationBuilder.DropCheckConstraint(
                name: "ck_bank_lines_place",
                schema: "payments",
                table: "bank_lines");

            migrationBuilder.Sql("ALTER TABLE payments.bank_lines ALTER COLUMN original_amount DROP DEFAULT");

            migrationBuilder.DropColumn(
                name: "payout_id",
                schema: "payments",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "notice_days",
                schema: "payments",
                table: "creditors");

            migrationBuilder.DropColumn(
                name: "page",
                schema: "payments",
                table: "bank_lines");

            migrationBuilder.CreateIndex(
                name: "ux_bank_lines_place",
                schema: "payments",
                table: "bank_lines",
                columns: new[] { "organization_id", "account", "statement_id", "entry", "detail" },
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_bank_lines_place",
                schema: "payments",
                table: "bank_lines",
                sql: "entry > 0 AND detail >= 0");
        }
    }
}
