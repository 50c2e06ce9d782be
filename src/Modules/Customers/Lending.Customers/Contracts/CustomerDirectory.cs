using Lending.Customers.Profiles;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(OrganizationSql sql, KeyRing ring) : ICustomerDirectory
{
    public async Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
    {
        // The lock keeps the customer from being deleted; updates go on. After a deletion it finds nothing.
        FormattableString statement = $"""
            SELECT id, first_name, last_name, email, address_line1, address_line2, city, state, postal_code, country, language, phone_number
            FROM customers.customers WHERE {sql.OfCaller($"id")} AND id = {customerId} FOR KEY SHARE
            """;
        return await sql.ReadAsync(statement, Read, ct) is [var customer] ? customer : null;
    }

    private CustomerSummary Read(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        return new(
            id,
            Customer.FullNameOf(row.GetString(1), row.GetString(2)),
            row.GetDecrypted(3, ring, CustomerColumns.Email, id),
            Customer.PostalAddressOf(
                row.GetDecrypted(4, ring, CustomerColumns.AddressLine1, id),
                row.GetDecryptedOrNull(5, ring, CustomerColumns.AddressLine2, id),
                row.GetString(6),
                row.IsDBNull(7) ? null : row.GetString(7),
                row.GetString(8),
                row.GetString(9)
            ),
            row.IsDBNull(10) ? null : row.GetString(10)
        )
        {
            PhoneNumber = row.GetDecrypted(11, ring, CustomerColumns.PhoneNumber, id),
            Country = row.GetString(9),
        };
    }
}
