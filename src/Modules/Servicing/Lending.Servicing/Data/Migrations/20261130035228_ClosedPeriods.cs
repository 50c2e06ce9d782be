using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Servicing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ClosedPeriods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "closed_periods",
                schema: "servicing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    through = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_periods", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_closed_periods_organization_id_through",
                schema: "servicing",
                table: "closed_periods",
                columns: new[] { "organization_id", "through" },
                unique: true);
            // Whoever posts takes the lock that a closing takes alone, and sees all closings then: what is posted with a time before one of them is refused. The time that
            // is compared is the organisation's, as a sandbox has a clock of its own.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION servicing.check_posted_after_closing() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('closed periods ' || organization_id, 0))
                    FROM (SELECT DISTINCT organization_id FROM posted) AS organization;
                    IF EXISTS (
                        SELECT FROM posted JOIN servicing.closed_periods AS closed ON closed.organization_id = posted.organization_id
                            AND closed.through >= posted.effective_on AND closed.closed_at >= posted.created_at
                    ) THEN
                        RAISE EXCEPTION 'An entry for a closed period has a time before its closing.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_journal_entries_posted_after_closing';
                    END IF;
                    RETURN NULL;
                END;
                $$;
                -- Who posts meanwhile may read it from the moment on at which the trigger does.
                DO $$
                DECLARE poster text;
                BEGIN
                    FOR poster IN
                        SELECT DISTINCT grantee FROM information_schema.role_table_grants
                        WHERE table_schema = 'servicing' AND table_name = 'journal_entries' AND privilege_type = 'INSERT'
                    LOOP
                        EXECUTE format('GRANT SELECT ON servicing.closed_periods TO %I', poster);
                    END LOOP;
                END;
                $$;
                CREATE TRIGGER ck_journal_entries_posted_after_closing AFTER INSERT ON servicing.journal_entries
                REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION servicing.check_posted_after_closing();
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                "DROP TRIGGER ck_journal_entries_posted_after_closing ON servicing.journal_entries; DROP FUNCTION servicing.check_posted_after_closing()"
            );
            migrationBuilder.DropTable(
                name: "closed_periods",
                schema: "servicing");
        }
    }
}
