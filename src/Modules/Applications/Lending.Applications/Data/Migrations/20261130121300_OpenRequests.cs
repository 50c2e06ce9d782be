using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Applications.Data.Migrations
{
    /// <inheritdoc />
    public partial class OpenRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid[]>(
                name: "open_request_ids",
                schema: "applications",
                table: "reviews",
                type: "uuid[]",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "open_request_ids",
                schema: "applications",
                table: "reviews");
        }
    }
}
