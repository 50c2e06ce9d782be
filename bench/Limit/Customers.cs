using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>Reading customers by hand.</summary>
internal sealed class Customers(NpgsqlDataSource database)
{
    private const int PageSize = 100;

    private const string Select = """
        SELECT id, first_name, last_name, email, phone_number, address_line1, address_line2, city, state, postal_code, country,
            created_by_id, created_by_username, created_at, updated_at, xmin, installer_id
        FROM customers.customers
        WHERE organization_id = $1
        """;

    public async Task GetAsync(HttpContext http, AccessToken token)
    {
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand($"{Select} AND id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.OrganizationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse((string)http.GetRouteValue("id")!) });
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        if (!await reader.ReadAsync(http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var customer = Customer.Read(reader);
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{customer.Version}\"");
        await Answer.JsonAsync(http, 200, customer, static (json, row) => row.Write(json));
    }

    /// <summary>The first page, with or without a search.</summary>
    public async Task ListAsync(HttpContext http, AccessToken token)
    {
        var search = http.Request.Query["search"].ToString();
        var condition = search.Length > 0 ? @" AND search_text ILIKE $3 ESCAPE '\'" : "";
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand($"{Select}{condition} ORDER BY created_at DESC, id DESC LIMIT $2", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.OrganizationId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize + 1 });
        if (search.Length > 0)
        {
            var literal = search.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"%{literal}%" });
        }
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        var rows = new List<Customer>();
        while (await reader.ReadAsync(http.RequestAborted))
        {
            rows.Add(Customer.Read(reader));
        }
        await Answer.JsonAsync(http, 200, rows, WritePage);
    }

    private static void WritePage(Utf8JsonWriter json, List<Customer> rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var row in rows.Take(PageSize))
        {
            row.Write(json);
        }
        json.WriteEndArray();
        Paging.WriteNextCursor(json, rows.Count > PageSize ? (rows[PageSize - 1].CreatedAt, rows[PageSize - 1].Id) : null);
        json.WriteEndObject();
    }

    private readonly record struct Customer
    {
        public Guid Id { get; private init; }
        public DateTimeOffset CreatedAt { get; private init; }
        public uint Version { get; private init; }
        private string FirstName { get; init; }
        private string LastName { get; init; }
        private string Email { get; init; }
        private string PhoneNumber { get; init; }
        private string AddressLine1 { get; init; }
        private string? AddressLine2 { get; init; }
        private string City { get; init; }
        private string? State { get; init; }
        private string PostalCode { get; init; }
        private string Country { get; init; }
        private Guid? InstallerId { get; init; }
        private Guid CreatedById { get; init; }
        private string CreatedByUsername { get; init; }
        private DateTimeOffset UpdatedAt { get; init; }

        public static Customer Read(NpgsqlDataReader reader)
        {
            var id = reader.GetGuid(0);
            return new()
            {
                Id = id,
                FirstName = reader.GetString(1),
                LastName = reader.GetString(2),
                Email = reader.GetDecrypted(3, "customers.customers.email"u8, id),
                PhoneNumber = reader.GetDecrypted(4, "customers.customers.phone_number"u8, id),
                AddressLine1 = reader.GetDecrypted(5, "customers.customers.address_line1"u8, id),
                AddressLine2 = reader.IsDBNull(6) ? null : reader.GetDecrypted(6, "customers.customers.address_line2"u8, id),
                City = reader.GetString(7),
                State = reader.IsDBNull(8) ? null : reader.GetString(8),
                PostalCode = reader.GetString(9),
                Country = reader.GetString(10),
                CreatedById = reader.GetGuid(11),
                CreatedByUsername = reader.GetString(12),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(13),
                UpdatedAt = reader.GetFieldValue<DateTimeOffset>(14),
                Version = reader.GetFieldValue<uint>(15),
                InstallerId = reader.IsDBNull(16) ? null : reader.GetGuid(16),
            };
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("firstName", FirstName);
            json.WriteString("lastName", LastName);
            json.WriteString("fullName", $"{FirstName} {LastName}");
            json.WriteString("email", Email);
            json.WriteString("phoneNumber", PhoneNumber);
            json.WriteString("addressLine1", AddressLine1);
            json.WriteString("addressLine2", AddressLine2);
            json.WriteString("city", City);
            json.WriteString("state", State);
            json.WriteString("postalCode", PostalCode);
            json.WriteString("country", Country);
            var line2 = string.IsNullOrEmpty(AddressLine2) ? "" : $", {AddressLine2}";
            var state = string.IsNullOrEmpty(State) ? "" : $", {State}";
            json.WriteString("fullAddress", $"{AddressLine1}{line2}, {City}{state}, {PostalCode}, {Country}");
            if (InstallerId is { } installer)
            {
                json.WriteString("installerId", installer);
            }
            else
            {
                json.WriteNull("installerId");
            }
            json.WriteStartObject("createdBy");
            json.WriteString("id", CreatedById);
            json.WriteString("username", CreatedByUsername);
            json.WriteEndObject();
            json.WriteString("createdAt", CreatedAt);
            json.WriteString("updatedAt", UpdatedAt);
            json.WriteEndObject();
        }
    }
}
