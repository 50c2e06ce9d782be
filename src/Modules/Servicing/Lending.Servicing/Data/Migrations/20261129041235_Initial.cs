using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "servicing");

            migrationBuilder.CreateTable(
                name: "loan_accounts",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    principal = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    contract = table.Column<string>(type: "text", nullable: false),
                    regulatory_regime = table.Column<string>(type: "text", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loan_accounts", x => x.id);
                    table.CheckConstraint("ck_loan_accounts_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_loan_accounts_principal", "principal > 0");
                    table.CheckConstraint("ck_loan_accounts_regulatory_regime", "regulatory_regime IN ('CCD1', 'CCD2')");
                });

            migrationBuilder.CreateTable(
                name: "loan_events",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    reverses_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loan_events", x => x.id);
                    table.CheckConstraint("ck_loan_events_number", "number > 0");
                    table.ForeignKey(
                        name: "fk_loan_events_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_loan_events_loan_events_reverses_id",
                        column: x => x.reverses_id,
                        principalSchema: "servicing",
                        principalTable: "loan_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "journal_entries",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    posted_with = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_journal_entries_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_journal_entries_loan_events_posted_with",
                        column: x => x.posted_with,
                        principalSchema: "servicing",
                        principalTable: "loan_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "journal_lines",
                schema: "servicing",
                columns: table => new
                {
                    journal_entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_lines", x => new { x.journal_entry_id, x.account });
                    table.CheckConstraint("ck_journal_lines_amount", "amount <> 0");
                    table.ForeignKey(
                        name: "fk_journal_lines_journal_entries_journal_entry_id",
                        column: x => x.journal_entry_id,
                        principalSchema: "servicing",
                        principalTable: "journal_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_journal_entries_loan_account_id_created_at_id",
                schema: "servicing",
                table: "journal_entries",
                columns: new[] { "loan_account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_journal_entries_posted_with_loan_account_id",
                schema: "servicing",
                table: "journal_entries",
                columns: new[] { "posted_with", "loan_account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_loan_accounts_customer_id",
                schema: "servicing",
                table: "loan_accounts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_loan_accounts_offer_id",
                schema: "servicing",
                table: "loan_accounts",
                column: "offer_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_loan_accounts_organization_id_created_at_id",
                schema: "servicing",
                table: "loan_accounts",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loan_events_loan_account_id_number",
                schema: "servicing",
                table: "loan_events",
                columns: new[] { "loan_account_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_loan_events_reverses_id_loan_account_id",
                schema: "servicing",
                table: "loan_events",
                columns: new[] { "reverses_id", "loan_account_id" },
                unique: true);

            // At the commit, when all lines of the entry are there. Who does not see the lines may not add to them either.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION servicing.check_entry_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF (SELECT sum(amount) FROM servicing.journal_lines WHERE journal_entry_id = NEW.journal_entry_id) IS DISTINCT FROM 0 THEN
                        RAISE EXCEPTION 'The lines of an entry do not sum to zero.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_journal_lines_sum_to_zero';
                    END IF;
                    RETURN NULL;
                END;
                $$;
                CREATE CONSTRAINT TRIGGER ck_journal_lines_sum_to_zero AFTER INSERT OR UPDATE ON servicing.journal_lines
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION servicing.check_entry_sums_to_zero();
                """
            );
            // A row is of the account and the organisation of what it hangs on. Not in the model: EF stamps organisations when it saves, and may not do so in its keys.
            migrationBuilder.Sql("ALTER TABLE servicing.loan_accounts ADD CONSTRAINT ak_loan_accounts_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE servicing.loan_events ADD CONSTRAINT ak_loan_events_id_loan_account_id_organization_id UNIQUE (id, loan_account_id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE servicing.journal_entries ADD CONSTRAINT ak_journal_entries_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE servicing.loan_events DROP CONSTRAINT fk_loan_events_loan_accounts_loan_account_id, ADD CONSTRAINT fk_loan_events_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE servicing.loan_events DROP CONSTRAINT fk_loan_events_loan_events_reverses_id, ADD CONSTRAINT fk_loan_events_loan_events_reverses_id FOREIGN KEY (reverses_id, loan_account_id, organization_id) REFERENCES servicing.loan_events (id, loan_account_id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE servicing.journal_entries DROP CONSTRAINT fk_journal_entries_loan_accounts_loan_account_id, ADD CONSTRAINT fk_journal_entries_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE servicing.journal_entries DROP CONSTRAINT fk_journal_entries_loan_events_posted_with, ADD CONSTRAINT fk_journal_entries_loan_events_posted_with FOREIGN KEY (posted_with, loan_account_id, organization_id) REFERENCES servicing.loan_events (id, loan_account_id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE servicing.journal_lines DROP CONSTRAINT fk_journal_lines_journal_entries_journal_entry_id, ADD CONSTRAINT fk_journal_lines_journal_entries_journal_entry_id FOREIGN KEY (journal_entry_id, organization_id) REFERENCES servicing.journal_entries (id, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "journal_lines",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "journal_entries",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "loan_events",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "loan_accounts",
                schema: "servicing");
            migrationBuilder.Sql("DROP FUNCTION servicing.check_entry_sums_to_zero()");
        }
    }
}
