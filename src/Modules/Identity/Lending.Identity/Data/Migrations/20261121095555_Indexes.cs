using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    internal partial class Indexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_normalized_email",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_organization_id_normalized_email",
                schema: "identity",
                table: "users");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateIndex(
                name: "ix_users_inactive",
                schema: "identity",
                table: "users",
                columns: new[] { "organization_id", "created_at", "id" },
                filter: "NOT active");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_username_normalized_email",
                schema: "identity",
                table: "users",
                columns: new[] { "normalized_username", "normalized_email" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops", "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_users_organization_id_role_created_at_id",
                schema: "identity",
                table: "users",
                columns: new[] { "organization_id", "role", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_users_normalized_email_organization_id",
                schema: "identity",
                table: "users",
                columns: new[] { "normalized_email", "organization_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_inactive",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_normalized_username_normalized_email",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_organization_id_role_created_at_id",
                schema: "identity",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ux_users_normalized_email_organization_id",
                schema: "identity",
                table: "users");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_email",
                schema: "identity",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_users_organization_id_normalized_email",
                schema: "identity",
                table: "users",
                columns: new[] { "organization_id", "normalized_email" },
                unique: true);
        }
    }
}
