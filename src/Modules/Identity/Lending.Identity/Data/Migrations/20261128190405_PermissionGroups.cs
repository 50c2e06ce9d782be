using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class PermissionGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "permission_group_id",
                schema: "identity",
                table: "users",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "permission_groups",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    permissions = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_permission_groups", x => x.id);
                    table.UniqueConstraint("ak_permission_groups_id_organization_id", x => new { x.id, x.organization_id });
                    table.CheckConstraint("ck_permission_groups_name", "name <> ''");
                    table.ForeignKey(
                        name: "fk_permission_groups_organizations_organization_id",
                        column: x => x.organization_id,
                        principalSchema: "identity",
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_users_permission_group_id_organization_id",
                schema: "identity",
                table: "users",
                columns: new[] { "permission_group_id", "organization_id" },
                filter: "permission_group_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_users_permission_group_id",
                schema: "identity",
                table: "users",
                sql: "permission_group_id IS NULL OR role IN ('INSTALLER', 'UNDERWRITER')");

            migrationBuilder.CreateIndex(
                name: "ux_permission_groups_organization_id_name",
                schema: "identity",
                table: "permission_groups",
                columns: new[] { "organization_id", "name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_users_permission_groups_permission_group_id",
                schema: "identity",
                table: "users",
                columns: new[] { "permission_group_id", "organization_id" },
                principalSchema: "identity",
                principalTable: "permission_groups",
                principalColumns: new[] { "id", "organization_id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_users_permission_groups_permission_group_id",
                schema: "identity",
                table: "users");

            migrationBuilder.DropTable(
                name: "permission_groups",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_users_permission_group_id_organization_id",
                schema: "identity",
                table: "users");

            migrationBuilder.DropCheckConstraint(
                name: "ck_users_permission_group_id",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "permission_group_id",
                schema: "identity",
                table: "users");
        }
    }
}
