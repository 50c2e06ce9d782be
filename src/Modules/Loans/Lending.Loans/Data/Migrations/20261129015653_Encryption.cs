using System;
using Lending.Platform.Encryption;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Encryption : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE loans.offer_versions DROP CONSTRAINT ck_offer_versions_document_hash;
                ALTER TABLE loans.offer_acceptances DROP CONSTRAINT ck_offer_acceptances_document_hash
                """
            );
            migrationBuilder.EncryptText("loans.offers", ("customer_postal_address", "customer_postal_address"));
            migrationBuilder.EncryptText("loans.offer_versions", ("content", "content"));
            migrationBuilder.EncryptText("loans.offer_acceptances", ("content", "content"));
            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_versions_document_hash",
                schema: "loans",
                table: "offer_versions",
                sql: "length(document_hash) = 32"
            );
            migrationBuilder.AddCheckConstraint(
                name: "ck_offer_acceptances_document_hash",
                schema: "loans",
                table: "offer_acceptances",
                sql: "length(document_hash) = 32"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("SQL has no key to decrypt with. Restore a backup.");
    }
}
