using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Lending.Loans.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrganizationKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A row is of the organisation of what it hangs on. Not in the model: EF stamps organisations when it saves, and may not do so in its keys.
            migrationBuilder.Sql("ALTER TABLE loans.offers ADD CONSTRAINT ak_offers_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE loans.products ADD CONSTRAINT ak_products_id_organization_id UNIQUE (id, organization_id)");
            migrationBuilder.Sql("ALTER TABLE loans.product_versions ADD CONSTRAINT ak_product_versions_product_id_number_organization_id UNIQUE (product_id, number, organization_id)");
            migrationBuilder.Sql("ALTER TABLE loans.offer_transitions DROP CONSTRAINT fk_offer_transitions_offers_offer_id, ADD CONSTRAINT fk_offer_transitions_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");
            migrationBuilder.Sql("ALTER TABLE loans.offer_versions DROP CONSTRAINT fk_offer_versions_offers_offer_id, ADD CONSTRAINT fk_offer_versions_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_acceptances DROP CONSTRAINT fk_offer_acceptances_offers_offer_id, ADD CONSTRAINT fk_offer_acceptances_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_comments DROP CONSTRAINT fk_offer_comments_offers_offer_id, ADD CONSTRAINT fk_offer_comments_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_links DROP CONSTRAINT fk_offer_links_offers_offer_id, ADD CONSTRAINT fk_offer_links_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_views DROP CONSTRAINT fk_offer_views_offers_offer_id, ADD CONSTRAINT fk_offer_views_offers_offer_id FOREIGN KEY (offer_id, organization_id) REFERENCES loans.offers (id, organization_id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE loans.product_versions DROP CONSTRAINT fk_product_versions_products_product_id, ADD CONSTRAINT fk_product_versions_products_product_id FOREIGN KEY (product_id, organization_id) REFERENCES loans.products (id, organization_id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offers DROP CONSTRAINT fk_offers_product_versions_product_id_product_version, ADD CONSTRAINT fk_offers_product_versions_product_id_product_version FOREIGN KEY (product_id, product_version, organization_id) REFERENCES loans.product_versions (product_id, number, organization_id) ON DELETE RESTRICT");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE loans.offer_transitions DROP CONSTRAINT fk_offer_transitions_offers_offer_id, ADD CONSTRAINT fk_offer_transitions_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");
            migrationBuilder.Sql("ALTER TABLE loans.offer_versions DROP CONSTRAINT fk_offer_versions_offers_offer_id, ADD CONSTRAINT fk_offer_versions_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_acceptances DROP CONSTRAINT fk_offer_acceptances_offers_offer_id, ADD CONSTRAINT fk_offer_acceptances_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_comments DROP CONSTRAINT fk_offer_comments_offers_offer_id, ADD CONSTRAINT fk_offer_comments_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_links DROP CONSTRAINT fk_offer_links_offers_offer_id, ADD CONSTRAINT fk_offer_links_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offer_views DROP CONSTRAINT fk_offer_views_offers_offer_id, ADD CONSTRAINT fk_offer_views_offers_offer_id FOREIGN KEY (offer_id) REFERENCES loans.offers (id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE loans.product_versions DROP CONSTRAINT fk_product_versions_products_product_id, ADD CONSTRAINT fk_product_versions_products_product_id FOREIGN KEY (product_id) REFERENCES loans.products (id) ON DELETE CASCADE");
            migrationBuilder.Sql("ALTER TABLE loans.offers DROP CONSTRAINT fk_offers_product_versions_product_id_product_version, ADD CONSTRAINT fk_offers_product_versions_product_id_product_version FOREIGN KEY (product_id, product_version) REFERENCES loans.product_versions (product_id, number) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE loans.offers DROP CONSTRAINT ak_offers_id_organization_id");
            migrationBuilder.Sql("ALTER TABLE loans.products DROP CONSTRAINT ak_products_id_organization_id");
            migrationBuilder.Sql("ALTER TABLE loans.product_versions DROP CONSTRAINT ak_product_versions_product_id_number_organization_id");
        }
    }
}
