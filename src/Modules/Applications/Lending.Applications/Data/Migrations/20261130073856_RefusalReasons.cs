using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class RefusalReasons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "reasons",
                schema: "applications",
                table: "reviews",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_reviews_reasons",
                schema: "applications",
                table: "reviews",
                sql: "reasons IS NULL OR result = 'DECLINED' AND cardinality(reasons) > 0 AND reasons <@ ARRAY['SURPLUS', 'DSTI', 'BUREAU_CLASS', 'DEBT_SERVICE', 'RESERVE', 'EMPLOYMENT', 'ARREARS', 'OWN_SHARE', 'EVIDENCE_MISSING', 'EVIDENCE_CONTRADICTORY', 'IDENTITY_UNCERTAIN', 'CONDITIONS_NOT_MET']");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_reviews_reasons",
                schema: "applications",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "reasons",
                schema: "applications",
                table: "reviews");
        }
    }
}
