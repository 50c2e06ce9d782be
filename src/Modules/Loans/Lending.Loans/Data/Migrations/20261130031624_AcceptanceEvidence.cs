using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class AcceptanceEvidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_code_given_at",
                schema: "loans",
                table: "offer_acceptances",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_code_sent_at",
                schema: "loans",
                table: "offer_acceptances",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "evidence_code_session_hash",
                schema: "loans",
                table: "offer_acceptances",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "evidence_information_hash",
                schema: "loans",
                table: "offer_acceptances",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_informed_at",
                schema: "loans",
                table: "offer_acceptances",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence_language",
                schema: "loans",
                table: "offer_acceptances",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "evidence_link_id",
                schema: "loans",
                table: "offer_acceptances",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "evidence_session_id",
                schema: "loans",
                table: "offer_acceptances",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "evidence_shown_at",
                schema: "loans",
                table: "offer_acceptances",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence_time_zone",
                schema: "loans",
                table: "offer_acceptances",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_acceptances_evidence_code",
                schema: "loans",
                table: "offer_acceptances",
                sql: "num_nulls(evidence_code_sent_at, evidence_code_given_at, evidence_code_session_hash) IN (0, 3)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_acceptances_evidence_information",
                schema: "loans",
                table: "offer_acceptances",
                sql: "(evidence_informed_at IS NULL) = (evidence_information_hash IS NULL) AND length(evidence_information_hash) = 32");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_acceptances_evidence_code",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropCheckConstraint(
                name: "ck_offer_acceptances_evidence_information",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_code_given_at",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_code_sent_at",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_code_session_hash",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_information_hash",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_informed_at",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_language",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_link_id",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_session_id",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_shown_at",
                schema: "loans",
                table: "offer_acceptances");

            migrationBuilder.DropColumn(
                name: "evidence_time_zone",
                schema: "loans",
                table: "offer_acceptances");
        }
    }
}
