using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class AccountTokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_invitation_hash",
                schema: "identity",
                table: "users");

            migrationBuilder.DropCheckConstraint(
                name: "ck_users_invitation",
                schema: "identity",
                table: "users");

            migrationBuilder.DropCheckConstraint(
                name: "ck_users_invitation_or_password",
                schema: "identity",
                table: "users");

            migrationBuilder.AddColumn<bool>(
                name: "email_confirmed",
                schema: "identity",
                table: "users",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "account_tokens",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    new_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_tokens", x => x.id);
                    table.CheckConstraint("ck_account_tokens_new_email", "(new_email IS NOT NULL) = (purpose = 'EmailChange')");
                    table.CheckConstraint("ck_account_tokens_token_hash", "length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_account_tokens_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_account_tokens_token_hash",
                schema: "identity",
                table: "account_tokens",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_tokens_user_id_purpose",
                schema: "identity",
                table: "account_tokens",
                columns: new[] { "user_id", "purpose" },
                unique: true);

            // Whoever has a password has worked with the account; invitations go on working.
            migrationBuilder.Sql("UPDATE identity.users SET email_confirmed = password_hash IS NOT NULL");
            migrationBuilder.Sql(
                """
                INSERT INTO identity.account_tokens (id, user_id, purpose, token_hash, expires_at)
                SELECT gen_random_uuid(), id, 'Invitation', invitation_hash, invitation_expires_at
                FROM identity.users WHERE invitation_hash IS NOT NULL
                """);

            migrationBuilder.DropColumn(
                name: "invitation_expires_at",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "invitation_hash",
                schema: "identity",
                table: "users");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_tokens",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "email_confirmed",
                schema: "identity",
                table: "users");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "invitation_expires_at",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "invitation_hash",
                schema: "identity",
                table: "users",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_invitation_hash",
                schema: "identity",
                table: "users",
                column: "invitation_hash",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_users_invitation",
                schema: "identity",
                table: "users",
                sql: "(invitation_hash IS NULL) = (invitation_expires_at IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_users_invitation_or_password",
                schema: "identity",
                table: "users",
                sql: "invitation_hash IS NULL OR password_hash IS NULL");
        }
    }
}
