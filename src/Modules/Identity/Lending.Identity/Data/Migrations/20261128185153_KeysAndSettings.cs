using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class KeysAndSettings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "allowed_addresses",
                schema: "identity",
                table: "organizations",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "display_name",
                schema: "identity",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "installers_may_invite_installers",
                schema: "identity",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "locale",
                schema: "identity",
                table: "organizations",
                type: "character varying(2)",
                maxLength: 2,
                nullable: false,
                defaultValue: "en");

            migrationBuilder.AddColumn<Guid>(
                name: "sandbox_of",
                schema: "identity",
                table: "organizations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "suspended_at",
                schema: "identity",
                table: "organizations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "api_keys",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    acts_in_organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    allowed_addresses = table.Column<string[]>(type: "text[]", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                    table.CheckConstraint("ck_api_keys_acts_in_organization_id", "(mode = 'LIVE') = (acts_in_organization_id = organization_id)");
                    table.CheckConstraint("ck_api_keys_allowed_addresses", "cardinality(allowed_addresses) <= 50 AND allowed_addresses::cidr[] IS NOT NULL");
                    table.CheckConstraint("ck_api_keys_expires_at", "expires_at > created_at");
                    table.CheckConstraint("ck_api_keys_hash", "length(hash) = 32");
                    table.CheckConstraint("ck_api_keys_mode", "mode IN ('LIVE', 'SANDBOX')");
                    table.CheckConstraint("ck_api_keys_name", "name <> ''");
                    table.CheckConstraint("ck_api_keys_scopes", "cardinality(scopes) > 0");
                    table.ForeignKey(
                        name: "fk_api_keys_organizations_acts_in_organization_id",
                        column: x => x.acts_in_organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_api_keys_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_key_days",
                schema: "identity",
                columns: table => new
                {
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    requests = table.Column<long>(type: "bigint", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_key_days", x => new { x.api_key_id, x.day });
                    table.CheckConstraint("ck_api_key_days_requests", "requests > 0");
                    table.ForeignKey(
                        name: "fk_api_key_days_api_keys_api_key_id",
                        column: x => x.api_key_id,
                        principalSchema: "identity",
                        principalTable: "api_keys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_organizations_gated",
                schema: "identity",
                table: "organizations",
                column: "id",
                filter: "suspended_at IS NOT NULL OR cardinality(allowed_addresses) > 0");

            migrationBuilder.CreateIndex(
                name: "ix_organizations_sandbox_of",
                schema: "identity",
                table: "organizations",
                column: "sandbox_of",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_allowed_addresses",
                schema: "identity",
                table: "organizations",
                sql: "cardinality(allowed_addresses) <= 50 AND allowed_addresses::cidr[] IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_display_name",
                schema: "identity",
                table: "organizations",
                sql: "display_name <> ''");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_locale",
                schema: "identity",
                table: "organizations",
                sql: "locale IN ('de', 'en')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_sandbox_of",
                schema: "identity",
                table: "organizations",
                sql: "sandbox_of <> id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_organizations_suspended_at",
                schema: "identity",
                table: "organizations",
                sql: "suspended_at IS NULL OR id <> '01900000-0000-7000-8000-000000000001'");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_acts_in_organization_id",
                schema: "identity",
                table: "api_keys",
                column: "acts_in_organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_organization_id_created_at_id",
                schema: "identity",
                table: "api_keys",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.AddForeignKey(
                name: "fk_organizations_organizations_sandbox_of",
                schema: "identity",
                table: "organizations",
                column: "sandbox_of",
                principalSchema: "identity",
                principalTable: "organizations",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_organizations_organizations_sandbox_of",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropTable(
                name: "api_key_days",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "api_keys",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_organizations_gated",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropIndex(
                name: "ix_organizations_sandbox_of",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_allowed_addresses",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_display_name",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_locale",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_sandbox_of",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_organizations_suspended_at",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "allowed_addresses",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "display_name",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "installers_may_invite_installers",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "locale",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "sandbox_of",
                schema: "identity",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "suspended_at",
                schema: "identity",
                table: "organizations");
        }
    }
}
