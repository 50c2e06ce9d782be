using System.Text.Json;
using Lending.Customers.Profiles;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Customers.Data;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    /// <summary>The index that keeps e-mails unique in an organisation.</summary>
    public const string UniqueEmail = "ux_customers_email";

    /// <summary>What a search looks into.</summary>
    public const string SearchText = "SearchText";

    /// <summary>What an e-mail is looked for by.</summary>
    public const string EmailHash = $"{nameof(Customer.Email)}Hash";

    private const string PhoneNumberHash = $"{nameof(Customer.PhoneNumber)}Hash";

    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers", AddChecks);
        builder.HasKey(customer => customer.Id);
        builder.Property(customer => customer.Id).ValueGeneratedNever();
        builder.ComplexProperty(customer => customer.CreatedBy);
        builder.Property(customer => customer.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.Property<byte[]?>(EmailHash).IsPersonal();
        builder.Property<byte[]?>(PhoneNumberHash).IsPersonal();
        builder.Property<string>(SearchText).IsRequired().IsPersonal().HasComputedColumnSql("first_name || ' ' || last_name", stored: true);

        builder.HasIndex(nameof(Customer.OrganizationId), EmailHash).IsUnique().HasDatabaseName(UniqueEmail);
        builder.HasIndex(nameof(Customer.OrganizationId), PhoneNumberHash);
        builder.HasIndex(customer => new
        {
            customer.OrganizationId,
            customer.CreatedAt,
            customer.Id,
        });
        builder.HasIndex(customer => new
        {
            customer.OrganizationId,
            customer.LastName,
            customer.FirstName,
            customer.Id,
        });
        // One more index, of who created customers, stands in the migration: EF has none over a complex property.
        builder.HasIndex(customer => new
        {
            customer.OrganizationId,
            customer.Country,
            customer.CreatedAt,
            customer.Id,
        });
        builder.HasIndex(customer => new
        {
            customer.OrganizationId,
            customer.InstallerId,
            customer.CreatedAt,
            customer.Id,
        });
        builder.HasIndex(SearchText, nameof(Customer.City)).HasMethod("gin").HasOperators("gin_trgm_ops", "gin_trgm_ops");
    }

    private static void AddChecks(TableBuilder<Customer> table)
    {
        foreach (var column in (string[])["first_name", "last_name", "city", "postal_code"])
        {
            table.HasCheckConstraint($"ck_customers_{column}", $"{column} <> '' AND {column} = btrim({column})");
        }
        // What is optional is there or null.
        foreach (var text in table.Metadata.GetProperties().Where(property => property.ClrType == typeof(string) && property.IsNullable))
        {
            var column = JsonNamingPolicy.SnakeCaseLower.ConvertName(text.Name);
            table.HasCheckConstraint($"ck_customers_{column}", $"{column} <> ''");
        }
        table.HasCheckConstraint("ck_customers_created_by_username", "created_by_username <> ''");
        table.HasCheckConstraint("ck_customers_country", "country ~ '^[A-Z]{2}$'");
    }
}
