using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class EventTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                schema: "loans",
                table: "outbox_messages",
                type: "character varying(55)",
                maxLength: 55,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "trace_parent",
                schema: "loans",
                table: "outbox_messages");
        }
    }
}
