using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class SingleSignOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_providers",
                schema: "identity",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    authority = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    client_id = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    protected_client_secret = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_providers", x => x.organization_id);
                    table.CheckConstraint("ck_identity_providers_authority", "authority ~ '^https?://'");
                    table.ForeignKey(
                        name: "fk_identity_providers_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "email_domains",
                schema: "identity",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_email_domains", x => x.name);
                    table.CheckConstraint("ck_email_domains_name", "name = lower(name) AND name <> ''");
                    table.ForeignKey(
                        name: "fk_email_domains_identity_providers_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "identity_providers",
                        principalColumn: "organization_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_ons",
                schema: "identity",
                columns: table => new
                {
                    state_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    login_token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    nonce = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    code_verifier = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_ons", x => x.state_hash);
                    table.CheckConstraint("ck_sign_ons_hashes", "length(state_hash) = 32 AND length(login_token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_sign_ons_identity_providers_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "identity_providers",
                        principalColumn: "organization_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_email_domains_organization_id",
                schema: "identity",
                table: "email_domains",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ons_expires_at",
                schema: "identity",
                table: "sign_ons",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ons_organization_id",
                schema: "identity",
                table: "sign_ons",
                column: "organization_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "email_domains",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "sign_ons",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "identity_providers",
                schema: "identity");
        }
    }
}
