using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class SignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_user_id",
                schema: "identity",
                table: "sessions");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lockout_end",
                schema: "identity",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "address",
                schema: "identity",
                table: "sessions",
                type: "character varying(45)",
                maxLength: 45,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "device_id",
                schema: "identity",
                table: "sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "device_name",
                schema: "identity",
                table: "sessions",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_used_at",
                schema: "identity",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "devices",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    failed_count = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => x.id);
                    table.CheckConstraint("ck_devices_failed_count", "failed_count >= 0");
                    table.CheckConstraint("ck_devices_token_hash", "length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_devices_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ended_sessions",
                schema: "identity",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tokens_expire_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ended_sessions", x => x.session_id);
                });

            migrationBuilder.CreateTable(
                name: "login_addresses",
                schema: "identity",
                columns: table => new
                {
                    address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    failed_count = table.Column<int>(type: "integer", nullable: false),
                    failures_expire_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_login_addresses", x => x.address);
                    table.CheckConstraint("ck_login_addresses_failed_count", "failed_count >= 0");
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_device_id",
                schema: "identity",
                table: "sessions",
                column: "device_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user_id_created_at_id",
                schema: "identity",
                table: "sessions",
                columns: new[] { "user_id", "created_at", "id" });

            // Sessions from before keep what is known of them, and end 30 days after their login, too.
            migrationBuilder.Sql(
                """
                UPDATE identity.sessions
                SET last_used_at = created_at, expires_at = least(expires_at, created_at + interval '720 hours')
                """
            );

            migrationBuilder.AddCheckConstraint(
                name: "ck_sessions_expires_at",
                schema: "identity",
                table: "sessions",
                sql: "expires_at <= created_at + interval '720 hours'");

            migrationBuilder.CreateIndex(
                name: "ix_devices_token_hash",
                schema: "identity",
                table: "devices",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_devices_user_id_last_used_at",
                schema: "identity",
                table: "devices",
                columns: new[] { "user_id", "last_used_at" });

            migrationBuilder.CreateIndex(
                name: "ix_ended_sessions_tokens_expire_at",
                schema: "identity",
                table: "ended_sessions",
                column: "tokens_expire_at");

            migrationBuilder.CreateIndex(
                name: "ix_login_addresses_failures_expire_at",
                schema: "identity",
                table: "login_addresses",
                column: "failures_expire_at");

            migrationBuilder.AddForeignKey(
                name: "fk_sessions_devices_device_id",
                schema: "identity",
                table: "sessions",
                column: "device_id",
                principalSchema: "identity",
                principalTable: "devices",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_sessions_devices_device_id",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropTable(
                name: "devices",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "ended_sessions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "login_addresses",
                schema: "identity");

            migrationBuilder.DropIndex(
                name: "ix_sessions_device_id",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_sessions_user_id_created_at_id",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_sessions_expires_at",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "lockout_end",
                schema: "identity",
                table: "users");

            migrationBuilder.DropColumn(
                name: "address",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "device_id",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "device_name",
                schema: "identity",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                schema: "identity",
                table: "sessions");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user_id",
                schema: "identity",
                table: "sessions",
                column: "user_id");
        }
    }
}
