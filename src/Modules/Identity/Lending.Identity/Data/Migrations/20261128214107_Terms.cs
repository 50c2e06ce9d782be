using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class Terms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "terms_mandatory",
                schema: "identity",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "terms_versions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: true),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    published_by_username = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_terms_versions", x => x.id);
                    table.UniqueConstraint("ak_terms_versions_organization_id_kind_number_language", x => new { x.organization_id, x.kind, x.number, x.language });
                    table.CheckConstraint("ck_terms_versions_hash", "hash ~ '^[0-9a-f]{64}$'");
                    table.CheckConstraint("ck_terms_versions_kind", "kind IN ('TERMS', 'PRIVACY')");
                    table.CheckConstraint("ck_terms_versions_language", "language ~ '^[a-z]{2}$'");
                    table.CheckConstraint("ck_terms_versions_number", "number > 0");
                    table.CheckConstraint("ck_terms_versions_text", "num_nonnulls(text, url) = 1 AND text IS DISTINCT FROM ''");
                    table.CheckConstraint("ck_terms_versions_url", "url LIKE 'https://%'");
                    table.ForeignKey(
                        name: "fk_terms_versions_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "terms_acceptances",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_terms_acceptances", x => x.id);
                    table.ForeignKey(
                        name: "fk_terms_acceptances_terms_versions",
                        columns: x => new { x.organization_id, x.kind, x.number, x.language },
                        principalSchema: "identity",
                        principalTable: "terms_versions",
                        principalColumns: new[] { "organization_id", "kind", "number", "language" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_terms_acceptances_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_terms_acceptances_of_version",
                schema: "identity",
                table: "terms_acceptances",
                columns: new[] { "organization_id", "kind", "number", "language", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_terms_acceptances_user_id_kind_number_language",
                schema: "identity",
                table: "terms_acceptances",
                columns: new[] { "user_id", "kind", "number", "language" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "terms_acceptances",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "terms_versions",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "terms_mandatory",
                schema: "identity",
                table: "organizations");
        }
    }
}
