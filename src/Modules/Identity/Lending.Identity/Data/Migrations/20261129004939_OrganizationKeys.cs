using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Identity.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrganizationKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A row is of the organisation of what it hangs on. Not in the model: EF stamps organisations when it saves, and may not do so in its keys.
            migrationBuilder.Sql("ALTER TABLE identity.users ADD CONSTRAINT ak_users_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE identity.terms_acceptances DROP CONSTRAINT fk_terms_acceptances_users_user_id, ADD CONSTRAINT fk_terms_acceptances_users_user_id FOREIGN KEY (user_id, organization_id) REFERENCES identity.users (id, organization_id) ON DELETE CASCADE");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE identity.terms_acceptances DROP CONSTRAINT fk_terms_acceptances_users_user_id, ADD CONSTRAINT fk_terms_acceptances_users_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE identity.users DROP CONSTRAINT ak_users_id_organization_id");
        }
    }
}
