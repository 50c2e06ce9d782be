using Lending.Customers.Links;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Customers.Data;

/// <summary>The table of links to customers' pages. Their tokens are stored as hashes only.</summary>
internal sealed class CustomerLinkConfiguration : IEntityTypeConfiguration<CustomerLink>
{
    public void Configure(EntityTypeBuilder<CustomerLink> builder)
    {
        builder.ToTable(
            "customer_links",
            table =>
            {
                table.HasCheckConstraint("ck_customer_links_token_hash", $"length(token_hash) = {Secret.HashBytes}");
                CodeColumns.AddChecks(table, "customer_links");
                table.HasCheckConstraint(
                    "ck_customer_links_session",
                    $"(session_hash IS NULL) = (session_ends_at IS NULL) AND (session_hash IS NULL OR length(session_hash) = {Secret.HashBytes})"
                );
            }
        );
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.ComplexProperty(link => link.CreatedBy);
        // No key to the customer: links are made while their customer is held, and go with them.
        builder.HasIndex(link => link.CustomerId);
    }
}
