using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class MailedSecretsOfAnAddress : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "access_version",
                schema: "identity",
                table: "account_tokens",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "normalized_email",
                schema: "identity",
                table: "account_tokens",
                type: "character varying(508)",
                maxLength: 508,
                nullable: false,
                defaultValue: "");

            // Secrets that wait were mailed to the accounts as they are now.
            migrationBuilder.Sql(
                """
                UPDATE identity.account_tokens AS token
                SET normalized_email = account.normalized_email, access_version = account.access_version
                FROM identity.users AS account WHERE account.id = token.user_id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "access_version",
                schema: "identity",
                table: "account_tokens");

            migrationBuilder.DropColumn(
                name: "normalized_email",
                schema: "identity",
                table: "account_tokens");
        }
    }
}
