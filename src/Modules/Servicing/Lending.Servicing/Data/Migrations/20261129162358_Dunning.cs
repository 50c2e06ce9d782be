using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Dunning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "base_rates",
                schema: "servicing",
                columns: table => new
                {
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    percent = table.Column<decimal>(type: "numeric", nullable: false),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entered_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_base_rates", x => x.from);
                    table.CheckConstraint("ck_base_rates_from", "extract(day FROM \"from\") = 1 AND extract(month FROM \"from\") IN (1, 7)");
                });

            migrationBuilder.CreateTable(
                name: "dunning_letters",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    written_on = table.Column<DateOnly>(type: "date", nullable: false),
                    pay_by = table.Column<DateOnly>(type: "date", nullable: false),
                    latest_due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    is_notice = table.Column<bool>(type: "boolean", nullable: false),
                    is_mailed = table.Column<bool>(type: "boolean", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    document_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dunning_letters", x => x.id);
                    table.CheckConstraint("ck_dunning_letters_content", "get_byte(content, 0) = 1");
                    table.CheckConstraint("ck_dunning_letters_level", "level > 0");
                    table.ForeignKey(
                        name: "fk_dunning_letters_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dunning_policies",
                schema: "servicing",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    levels = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dunning_policies", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "forbearance_offers",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    offered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    months = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forbearance_offers", x => x.id);
                    table.CheckConstraint("ck_forbearance_offers_months", "months BETWEEN 1 AND 120");
                    table.ForeignKey(
                        name: "fk_forbearance_offers_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dunning_letters_loan_account_id_created_at_id",
                schema: "servicing",
                table: "dunning_letters",
                columns: new[] { "loan_account_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_forbearance_offers_loan_account_id_created_at_id",
                schema: "servicing",
                table: "forbearance_offers",
                columns: new[] { "loan_account_id", "created_at", "id" });
            // As for all that hangs on an account, with its organisation.
            migrationBuilder.Sql("ALTER TABLE servicing.dunning_letters DROP CONSTRAINT fk_dunning_letters_loan_accounts_loan_account_id, ADD CONSTRAINT fk_dunning_letters_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE servicing.forbearance_offers DROP CONSTRAINT fk_forbearance_offers_loan_accounts_loan_account_id, ADD CONSTRAINT fk_forbearance_offers_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "base_rates",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "dunning_letters",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "dunning_policies",
                schema: "servicing");

            migrationBuilder.DropTable(
                name: "forbearance_offers",
                schema: "servicing");
        }
    }
}
