using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class Payouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.AddColumn<DateOnly>(
                name: "disbursed_on",
                schema: "loans",
                table: "offers",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "repayable_until",
                schema: "loans",
                table: "offers",
                type: "date",
                nullable: true);

            // The time zone of the payout is not known here; a day more or less does not matter for what nobody can withdraw from.
            migrationBuilder.Sql(
                """
                UPDATE loans.offers o
                SET disbursed_on = COALESCE((SELECT at FROM loans.offer_transitions t WHERE t.offer_id = o.id AND t."to" = 'DISBURSED'), updated_at)::date,
                    -- A payout used to end the withdrawal period without telling. What is over already is not told now.
                    withdrawal_ended_at = CASE
                        WHEN withdrawal_ends_at <= now() THEN COALESCE(withdrawal_ended_at, withdrawal_ends_at)
                        ELSE withdrawal_ended_at
                    END
                WHERE status = 'DISBURSED'
                """
            );

            migrationBuilder.CreateIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers",
                column: "withdrawal_ends_at",
                filter: "status IN ('ACCEPTED', 'DISBURSED') AND withdrawal_ended_at IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_disbursed_on",
                schema: "loans",
                table: "offers",
                sql: "disbursed_on IS NOT NULL OR status <> 'DISBURSED'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offers_repayable_until",
                schema: "loans",
                table: "offers",
                sql: "repayable_until IS NULL OR disbursed_on IS NOT NULL AND repayable_until >= disbursed_on AND status = 'WITHDRAWN'");

            // Not checked for what there is: histories of earlier releases have moves that there are no more.
            migrationBuilder.Sql(
                "ALTER TABLE loans.offer_transitions ADD CONSTRAINT ck_offer_transitions_from_to CHECK (\"from\" IS NULL AND \"to\" = 'PENDING' OR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('PENDING', 'APPROVED'), ('PENDING', 'REJECTED'), ('PENDING', 'CANCELLED'), ('APPROVED', 'ACCEPTED'), ('APPROVED', 'DECLINED'), ('APPROVED', 'EXPIRED'), ('APPROVED', 'CANCELLED'), ('ACCEPTED', 'DISBURSED'), ('ACCEPTED', 'WITHDRAWN'), ('DISBURSED', 'WITHDRAWN'))) NOT VALID"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_disbursed_on",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offers_repayable_until",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions");

            migrationBuilder.DropColumn(
                name: "disbursed_on",
                schema: "loans",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "repayable_until",
                schema: "loans",
                table: "offers");

            migrationBuilder.CreateIndex(
                name: "ix_offers_withdrawal_ends_at",
                schema: "loans",
                table: "offers",
                column: "withdrawal_ends_at",
                filter: "status = 'ACCEPTED' AND withdrawal_ended_at IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_transitions_from_to",
                schema: "loans",
                table: "offer_transitions",
                sql: "\"from\" IS NULL AND \"to\" = 'PENDING'\nOR \"from\" IS NOT NULL AND (\"from\", \"to\") IN (('PENDING', 'APPROVED'), ('PENDING', 'REJECTED'), ('PENDING', 'CANCELLED'), ('APPROVED', 'ACCEPTED'), ('APPROVED', 'DECLINED'), ('APPROVED', 'EXPIRED'), ('APPROVED', 'CANCELLED'), ('ACCEPTED', 'DISBURSED'), ('ACCEPTED', 'WITHDRAWN'))");
        }
    }
}
