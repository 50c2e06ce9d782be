using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.NewModule.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "newmodule");

            migrationBuilder.CreateTable(
                name: "new_entities",
                schema: "newmodule",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_new_entities", x => x.id);
                    table.CheckConstraint("ck_new_entities_name", "name <> ''");
                });

            migrationBuilder.CreateIndex(
                name: "ix_new_entities_organization_id_created_at_id",
                schema: "newmodule",
                table: "new_entities",
                columns: new[] { "organization_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "new_entities",
                schema: "newmodule");
        }
    }
}
