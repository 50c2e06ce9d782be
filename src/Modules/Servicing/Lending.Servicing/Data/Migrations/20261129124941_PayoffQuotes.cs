using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class PayoffQuotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "payoff_quotes",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loan_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_count = table.Column<int>(type: "integer", nullable: false),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: false),
                    payoffs = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payoff_quotes", x => x.id);
                    table.CheckConstraint("ck_payoff_quotes_event_count", "event_count > 0");
                    table.ForeignKey(
                        name: "fk_payoff_quotes_loan_accounts_loan_account_id",
                        column: x => x.loan_account_id,
                        principalSchema: "servicing",
                        principalTable: "loan_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_payoff_quotes_loan_account_id_created_at_id",
                schema: "servicing",
                table: "payoff_quotes",
                columns: new[] { "loan_account_id", "created_at", "id" });
            // As for all that hangs on an account, with its organisation.
            migrationBuilder.Sql("ALTER TABLE servicing.payoff_quotes DROP CONSTRAINT fk_payoff_quotes_loan_accounts_loan_account_id, ADD CONSTRAINT fk_payoff_quotes_loan_accounts_loan_account_id FOREIGN KEY (loan_account_id, organization_id) REFERENCES servicing.loan_accounts (id, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "payoff_quotes",
                schema: "servicing");
        }
    }
}
