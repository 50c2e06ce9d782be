using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>Reading, listing and creating loan offers by hand.</summary>
internal sealed class Offers(NpgsqlDataSource database, TimeProvider clock)
{
    private const int PageSize = 100;

    private readonly ConcurrentDictionary<Guid, Organization> organizations = new();

    public async Task GetAsync(HttpContext http, AccessToken token)
    {
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand($"{Offer.Select} AND id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.OrganizationId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse((string)http.GetRouteValue("id")!) });
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        if (!await reader.ReadAsync(http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var offer = Offer.Read(reader, forList: false);
        SetETag(http, offer.RowVersion);
        await Answer.JsonAsync(http, 200, offer, static (json, row) => row.WriteWithDocumentHash(json));
    }

    /// <summary>A page of all, or of one customer's in one state.</summary>
    public async Task ListAsync(HttpContext http, AccessToken token)
    {
        var query = http.Request.Query;
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand { Connection = connection };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.OrganizationId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize + 1 });
        var conditions = "";
        if (query["status"].ToString() is { Length: > 0 } status)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = status });
            conditions += $" AND status = ${command.Parameters.Count}";
        }
        if (query["customerId"].ToString() is { Length: > 0 } customerId)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(customerId) });
            conditions += $" AND customer_id = ${command.Parameters.Count}";
        }
        if (Paging.Read(query["cursor"]) is var (time, id))
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            conditions += $" AND (created_at, id) < (${command.Parameters.Count - 1}, ${command.Parameters.Count})";
        }
        command.CommandText = $"{Offer.SelectForList}{conditions} ORDER BY created_at DESC, id DESC LIMIT $2";
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        var rows = new List<Offer>(PageSize + 1);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            rows.Add(Offer.Read(reader, forList: true));
        }
        await Answer.JsonAsync(http, 200, rows, WritePage);
    }

    /// <summary>
    /// BEGIN with the read of the customer, FOR KEY SHARE; offer, history and event in one batch; COMMIT: three round trips, as anybody would
    /// write it.
    /// </summary>
    public async Task CreateAsync(HttpContext http, AccessToken token)
    {
        if (await Terms.ReadAsync(http) is not { CustomerId: { } customerId } terms)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var ct = http.RequestAborted;
        var organization = await FindOrganizationAsync(token.OrganizationId, ct);
        var now = Now();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, organization.TimeZone).Date);
        if (!LoanQuote.TryOf(terms.In(organization.Currency, today), out var quote, out _))
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await HoldCustomerAsync(connection, token.OrganizationId, customerId, ct) is not { } customer)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var offer = Offer.Create(customer, organization.Name, quote, token, now);
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(offer.Insert(token.OrganizationId));
            batch.BatchCommands.Add(offer.InsertHistory(token.OrganizationId));
            batch.BatchCommands.Add(offer.InsertEvent(token.OrganizationId));
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            offer = offer with { RowVersion = reader.GetFieldValue<uint>(0) };
        }
        await transaction.CommitAsync(ct);
        SetETag(http, offer.RowVersion);
        http.Response.Headers.Location = $"/api/v1/loan-offers/{offer.Id}";
        await Answer.JsonAsync(http, 201, offer, static (json, row) => row.WriteWithDocumentHash(json));
    }

    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static async Task<CustomerAsOffered?> HoldCustomerAsync(
        NpgsqlConnection connection,
        Guid organizationId,
        Guid id,
        CancellationToken ct
    )
    {
        await using var hold = new NpgsqlCommand(
            """
            SELECT first_name, last_name, email, address_line1, address_line2, postal_code, city, state, country
            FROM customers.customers WHERE organization_id = $1 AND id = $2 FOR KEY SHARE
            """,
            connection
        );
        hold.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId });
        hold.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await hold.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var fullName = $"{reader.GetString(0)} {reader.GetString(1)}";
        var email = reader.GetDecrypted(2, "customers.customers.email"u8, id);
        var line1 = reader.GetDecrypted(3, "customers.customers.address_line1"u8, id);
        var line2 = reader.IsDBNull(4) ? "" : $"\n{reader.GetDecrypted(4, "customers.customers.address_line2"u8, id)}";
        var state = reader.IsDBNull(7) ? "" : $"\n{reader.GetString(7)}";
        var address = $"{line1}{line2}\n{reader.GetString(5)} {reader.GetString(6)}{state}\n{reader.GetString(8)}";
        return new CustomerAsOffered(id, fullName, email, address);
    }

    private async ValueTask<Organization> FindOrganizationAsync(Guid id, CancellationToken ct)
    {
        if (!organizations.TryGetValue(id, out var organization))
        {
            await using var command = database.CreateCommand("SELECT name, currency, time_zone FROM identity.organizations WHERE id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            organization = new Organization(
                reader.GetString(0),
                Currency.Get(reader.GetString(1)),
                TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(2))
            );
            organizations[id] = organization;
        }
        return organization;
    }

    private static void SetETag(HttpContext http, uint version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static void WritePage(Utf8JsonWriter json, List<Offer> rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        for (var i = 0; i < Math.Min(rows.Count, PageSize); i++)
        {
            rows[i].Write(json);
        }
        json.WriteEndArray();
        Paging.WriteNextCursor(json, rows.Count > PageSize ? (rows[PageSize - 1].CreatedAt, rows[PageSize - 1].Id) : null);
        json.WriteEndObject();
    }
}

internal sealed record Organization(string Name, Currency Currency, TimeZoneInfo TimeZone);
