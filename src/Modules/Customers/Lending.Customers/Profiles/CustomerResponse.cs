using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Mapster;
using Npgsql;

namespace Lending.Customers.Profiles;

/// <summary>A customer.</summary>
internal sealed record CustomerResponse
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public static readonly FormattableString Columns = $"""
        id, first_name, last_name, email, phone_number, address_line1, address_line2, city, state, postal_code, country,
        created_by_id, created_by_username, created_at, updated_at, xmin, installer_id, language
        """;

    /// <summary>The customer's id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>First name.</summary>
    /// <example>Anna</example>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    /// <example>Schäfer</example>
    public required string LastName { get; init; }

    /// <summary>First and last name.</summary>
    /// <example>Anna Schäfer</example>
    public required string FullName { get; init; }

    /// <summary>E-mail address.</summary>
    /// <example>anna.schaefer@example.org</example>
    public required string Email { get; init; }

    /// <summary>Phone number in E.164.</summary>
    /// <example>+497111234567</example>
    public required string PhoneNumber { get; init; }

    /// <summary>Street and house number.</summary>
    /// <example>Hauptstraße 12</example>
    public required string AddressLine1 { get; init; }

    /// <summary>Second line of the address, if any.</summary>
    /// <example>2. Stock</example>
    public required string? AddressLine2 { get; init; }

    /// <summary>City.</summary>
    /// <example>Stuttgart</example>
    public required string City { get; init; }

    /// <summary>State, province or region, if any.</summary>
    /// <example>Baden-Württemberg</example>
    public required string? State { get; init; }

    /// <summary>Postal code.</summary>
    /// <example>70173</example>
    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code of the country.</summary>
    /// <example>DE</example>
    public required string Country { get; init; }

    /// <summary>The whole address in one line.</summary>
    /// <example>Hauptstraße 12, 2. Stock, Stuttgart, Baden-Württemberg, 70173, DE</example>
    public required string FullAddress { get; init; }

    /// <summary>The language of messages to the customer, if one was chosen: else they are in the organisation's language.</summary>
    /// <example>de</example>
    public required string? Language { get; init; }

    /// <summary>The user who looks after the customer; null after a registration, until somebody is named.</summary>
    /// <example>0199c4a8-1c02-7f0e-8d21-6a2f3b9c5e01</example>
    public required Guid? InstallerId { get; init; }

    /// <summary>Who created the customer, as they were called then.</summary>
    /// <example>{"id":"0199c4a8-1c02-7f0e-8d21-6a2f3b9c5e01","username":"installer"}</example>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the customer was created.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the customer was last changed.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which clients get as <c>ETag</c>.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static CustomerResponse Read(NpgsqlDataReader row, KeyRing ring)
    {
        var id = row.GetGuid(0);
        var (firstName, lastName) = (row.GetString(1), row.GetString(2));
        var line1 = row.GetDecrypted(5, ring, CustomerColumns.AddressLine1, id);
        var line2 = row.GetDecryptedOrNull(6, ring, CustomerColumns.AddressLine2, id);
        var (city, state) = (row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8));
        var (postalCode, country) = (row.GetString(9), row.GetString(10));
        return new CustomerResponse
        {
            Id = id,
            FirstName = firstName,
            LastName = lastName,
            FullName = Customer.FullNameOf(firstName, lastName),
            Email = row.GetDecrypted(3, ring, CustomerColumns.Email, id),
            PhoneNumber = row.GetDecrypted(4, ring, CustomerColumns.PhoneNumber, id),
            AddressLine1 = line1,
            AddressLine2 = line2,
            City = city,
            State = state,
            PostalCode = postalCode,
            Country = country,
            FullAddress = Customer.FullAddressOf(line1, line2, city, state, postalCode, country),
            CreatedBy = new UserReference(row.GetGuid(11), row.GetString(12)),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(13),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(14),
            RowVersion = row.GetFieldValue<uint>(15),
            InstallerId = row.GetFieldValue<Guid?>(16),
            Language = row.IsDBNull(17) ? null : row.GetString(17),
        };
    }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Customer, CustomerResponse>()
                .Map(response => response.Email, customer => customer.Email.Text)
                .Map(response => response.PhoneNumber, customer => customer.PhoneNumber.Text)
                .Map(response => response.AddressLine1, customer => customer.AddressLine1.Text)
                .Map(response => response.AddressLine2, customer => customer.AddressLine2 == null ? null : customer.AddressLine2.Text)
                .Map(response => response.FullName, customer => Customer.FullNameOf(customer.FirstName, customer.LastName))
                .Map(
                    response => response.FullAddress,
                    customer =>
                        Customer.FullAddressOf(
                            customer.AddressLine1.Text,
                            customer.AddressLine2 == null ? null : customer.AddressLine2.Text,
                            customer.City,
                            customer.State,
                            customer.PostalCode,
                            customer.Country
                        )
                )
                // Put together of its columns: to read it as a whole, EF would read the whole customer.
                .Map(response => response.CreatedBy, customer => new UserReference(customer.CreatedBy.Id, customer.CreatedBy.Username));
    }
}
