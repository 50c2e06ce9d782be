using System;
using Lending.Platform.Encryption;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Customers.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Encryption : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            const string Table = "customers.customers";
            // Hashes of e-mails are unique, and know more letters' cases and accents than the index of before. Said here, nothing is changed yet.
            migrationBuilder.Sql(
                """
                DO $$
                DECLARE repeated text;
                BEGIN
                    SELECT string_agg(ids, '; ') INTO repeated FROM (
                        SELECT string_agg(id::text, ', ' ORDER BY id) AS ids FROM customers.customers
                        GROUP BY organization_id, lower(normalize(email, NFC) COLLATE "und-x-icu") HAVING count(*) > 1
                    ) of_one_email;
                    IF repeated IS NOT NULL THEN
                        RAISE EXCEPTION 'The e-mails of these customers differ only in the case of letters or the way accents are written. Change all but one of each: %', repeated;
                    END IF;
                END $$
                """
            );
            // The column that is searched was made of the e-mail, too.
            migrationBuilder.Sql(
                $"""
                DROP INDEX customers.ux_customers_email;
                DROP INDEX customers.ix_customers_search_text_city;
                ALTER TABLE {Table}
                    DROP CONSTRAINT ck_customers_email, DROP CONSTRAINT ck_customers_phone_number,
                    DROP CONSTRAINT ck_customers_address_line1, DROP CONSTRAINT ck_customers_address_line2,
                    DROP COLUMN email_normalized, DROP COLUMN search_text
                """
            );
            migrationBuilder.EncryptText(
                Table,
                ("email", "email"),
                ("phone_number", "phone_number"),
                ("address_line1", "address_line1"),
                ("address_line2", "address_line2")
            );
            migrationBuilder.AddSearchHash(Table, "email");
            migrationBuilder.AddSearchHash(Table, "phone_number");
            migrationBuilder.AddColumn<string>(
                name: "search_text",
                schema: "customers",
                table: "customers",
                type: "text",
                nullable: false,
                computedColumnSql: "first_name || ' ' || last_name",
                stored: true
            );
            migrationBuilder
                .CreateIndex(
                    name: "ix_customers_search_text_city",
                    schema: "customers",
                    table: "customers",
                    columns: new[] { "search_text", "city" }
                )
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops", "gin_trgm_ops" });
            migrationBuilder.CreateIndex(
                name: "ix_customers_organization_id_phone_number_hash",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "phone_number_hash" }
            );
            migrationBuilder.CreateIndex(
                name: "ux_customers_email",
                schema: "customers",
                table: "customers",
                columns: new[] { "organization_id", "email_hash" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("SQL has no key to decrypt with. Restore a backup.");
    }
}
