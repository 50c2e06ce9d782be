using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Audit.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "audit");

            migrationBuilder.CreateTable(
                name: "seals",
                schema: "audit",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entry_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    entry_hashes = table.Column<byte[]>(type: "bytea", nullable: false),
                    last_transaction = table.Column<long>(type: "bigint", nullable: false),
                    last_entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    vouches = table.Column<bool>(type: "boolean", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seals", x => x.number);
                    table.CheckConstraint("ck_seals_entries", "octet_length(entry_hashes) = 32 * cardinality(entry_ids) AND number > 0");
                });

            migrationBuilder.Sql(LogTables.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(LogTables.Down);

            migrationBuilder.DropTable(
                name: "seals",
                schema: "audit");
        }
    }
}
