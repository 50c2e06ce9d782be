using System;
using Lending.Platform.Encryption;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Encryption : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "protected_secret",
                schema: "identity",
                table: "totp_authenticators",
                newName: "secret"
            );
            migrationBuilder.EncryptText(
                "identity.totp_authenticators",
                ("secret", $"'{OldTotpSecrets.Prefix}' || encode(secret, 'hex')")
            );
            migrationBuilder.Sql(
                """
                ALTER TABLE identity.data_protection_keys ALTER COLUMN id DROP IDENTITY;
                ALTER TABLE identity.data_protection_keys ALTER COLUMN id TYPE uuid USING gen_random_uuid(), ALTER COLUMN xml SET NOT NULL
                """
            );
            migrationBuilder.EncryptText("identity.data_protection_keys", ("xml", "xml"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("SQL has no key to decrypt with. Restore a backup.");
    }
}
