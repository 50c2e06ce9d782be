using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class DayRun : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "posted_with",
                schema: "servicing",
                table: "journal_entries",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.CreateTable(
                name: "disbursements",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by_username = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    requested_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disbursements", x => x.id);
                    table.CheckConstraint("ck_disbursements_amount", "amount > 0");
                    table.ForeignKey(
                        name: "fk_disbursements_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "loan_standings",
                schema: "servicing",
                columns: table => new
                {
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    arrears_bucket = table.Column<string>(type: "text", nullable: true),
                    posted_until = table.Column<DateOnly>(type: "date", nullable: true),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loan_standings", x => x.loan_account_id);
                    table.ForeignKey(
                        name: "fk_loan_standings_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                schema: "servicing",
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

            migrationBuilder.CreateIndex(
                name: "ix_disbursements_loan_account_id_created_at_id",
                schema: "servicing",
                table: "disbursements",
                columns: new[] { "loan_account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loan_standings_next_on_organization_id_loan_account_id",
                schema: "servicing",
                table: "loan_standings",
                columns: new[] { "next_on", "organization_id", "loan_account_id" },
                filter: "next_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_aggregate_id_number",
                schema: "servicing",
                table: "outbox_messages",
                columns: new[] { "aggregate_id", "number" },
                filter: "delivered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_died_at",
                schema: "servicing",
                table: "outbox_messages",
                column: "died_at",
                filter: "died_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_type_next_attempt_at",
                schema: "servicing",
                table: "outbox_messages",
                columns: new[] { "type", "next_attempt_at" },
                filter: "delivered_at IS NULL AND died_at IS NULL");
            // As for all that hangs on an account, with its organisation.
            migrationBuilder.Sql("ALTER TABLE servicing.loan_standings DROP CONSTRAINT fk_loan_standings_loan_accounts_loan_account_id, ADD CONSTRAINT fk_loan_standings_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE servicing.disbursements DROP CONSTRAINT fk_disbursements_loan_accounts_loan_account_id, ADD CONSTRAINT fk_disbursements_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE CASCADE");
            // Accounts that have books are posted up to the day of their last event; the first run catches up from there.
            migrationBuilder.Sql("""
                INSERT INTO servicing.loan_standings (loan_account_id, organization_id, status, posted_until, next_on)
                SELECT account.id, account.organization_id, 'AwaitingDisbursement', last.day, last.day
                FROM servicing.loan_accounts AS account LEFT JOIN (
                    SELECT loan_account_id, max((recorded_at AT TIME ZONE 'Europe/Berlin')::date) AS day FROM servicing.loan_events GROUP BY loan_account_id
                ) AS last ON last.loan_account_id = account.id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "disbursements",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "loan_standings",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "outbox_messages",
                schema: "servicing");

            migrationBuilder.AlterColumn<Guid>(
                name: "posted_with",
                schema: "servicing",
                table: "journal_entries",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
