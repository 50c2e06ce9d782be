using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>Reading, listing, creating and quoting loan offers by hand.</summary>
internal sealed class Offers(NpgsqlDataSource database, TimeProvider clock)
{
    private const int PageSize = 100;

    private readonly ConcurrentDictionary<Guid, (Currency Currency, TimeZoneInfo TimeZone)> organizations = new();

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
        var offer = Offer.Read(reader);
        SetETag(http, offer.Version);
        await Answer.JsonAsync(http, 200, offer, static (json, row) => row.Write(json));
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
        command.CommandText = $"{Offer.Select}{conditions} ORDER BY created_at DESC, id DESC LIMIT $2";
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        var rows = new List<Offer>(PageSize + 1);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            rows.Add(Offer.Read(reader));
        }
        await Answer.JsonAsync(http, 200, rows, WritePage);
    }

    /// <summary>
    /// BEGIN with the read of the customer, FOR KEY SHARE; offer and history in one batch; COMMIT: three round trips, as anybody would write it.
    /// </summary>
    public async Task CreateAsync(HttpContext http, AccessToken token)
    {
        if (await ReadTermsAsync(http) is not { CustomerId: { } customerId } terms)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var ct = http.RequestAborted;
        var organization = await FindOrganizationAsync(token.OrganizationId, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        string fullName;
        string email;
        await using (
            var hold = new NpgsqlCommand(
                "SELECT first_name, last_name, email FROM customers.customers WHERE organization_id = $1 AND id = $2 FOR KEY SHARE",
                connection
            )
        )
        {
            hold.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.OrganizationId });
            hold.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customerId });
            await using var customer = await hold.ExecuteReaderAsync(ct);
            if (!await customer.ReadAsync(ct))
            {
                await Answer.Status(http, StatusCodes.Status400BadRequest);
                return;
            }
            fullName = $"{customer.GetString(0)} {customer.GetString(1)}";
            email = customer.GetString(2);
        }
        var offer = Offer.Create(customerId, fullName, email, terms.In(organization.Currency), token, Now());
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(offer.Insert(token.OrganizationId, FirstDueDate(organization.TimeZone, offer.CreatedAt)));
            batch.BatchCommands.Add(offer.InsertHistory(token.OrganizationId));
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            offer = offer with { Version = reader.GetFieldValue<uint>(0) };
        }
        await transaction.CommitAsync(ct);
        await AnswerCreatedAsync(http, offer);
    }

    /// <summary>The same in one statement, and so in one round trip.</summary>
    public async Task CreateAtOnceAsync(HttpContext http, AccessToken token)
    {
        if (await ReadTermsAsync(http) is not { CustomerId: { } customerId } terms)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var ct = http.RequestAborted;
        var organization = await FindOrganizationAsync(token.OrganizationId, ct);
        var offer = Offer.Create(customerId, "", "", terms.In(organization.Currency), token, Now());
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = offer.InsertAtOnce(token.OrganizationId, FirstDueDate(organization.TimeZone, offer.CreatedAt));
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        offer = offer with { Version = reader.GetFieldValue<uint>(0), FullName = reader.GetString(1), Email = reader.GetString(2) };
        await AnswerCreatedAsync(http, offer);
    }

    public static async Task QuoteAsync(HttpContext http)
    {
        if (await ReadTermsAsync(http) is not { } request)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var terms = request.In(Currency.Get(request.Currency ?? "EUR"));
        await Answer.JsonAsync(http, 200, (terms, LoanFigures.Of(terms)), WriteQuote);
    }

    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static DateOnly FirstDueDate(TimeZoneInfo timeZone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, timeZone).Date).AddMonths(1);

    private async ValueTask<(Currency Currency, TimeZoneInfo TimeZone)> FindOrganizationAsync(Guid id, CancellationToken ct)
    {
        if (!organizations.TryGetValue(id, out var organization))
        {
            await using var command = database.CreateCommand("SELECT currency, time_zone FROM identity.organizations WHERE id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            organization = (Currency.Get(reader.GetString(0)), TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(1)));
            organizations[id] = organization;
        }
        return organization;
    }

    private static Task AnswerCreatedAsync(HttpContext http, Offer offer)
    {
        SetETag(http, offer.Version);
        http.Response.Headers.Location = $"/api/v1/loan-offers/{offer.Id}";
        return Answer.JsonAsync(http, 201, offer, static (json, row) => row.Write(json));
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

    private static void WriteQuote(Utf8JsonWriter json, (LoanTerms Terms, LoanFigures Figures) quote)
    {
        json.WriteStartObject();
        json.WriteNumber("loanAmount", quote.Terms.Amount);
        json.WriteString("currency", quote.Terms.Currency.Code);
        json.WriteNumber("annualRatePercent", quote.Terms.AnnualRatePercent);
        json.WriteNumber("termMonths", quote.Terms.TermMonths);
        json.WriteNumber("monthlyPayment", quote.Figures.MonthlyPayment);
        json.WriteNumber("totalPayment", quote.Figures.TotalPayment);
        json.WriteNumber("totalInterest", quote.Figures.TotalInterest);
        json.WriteEndObject();
    }

    /// <summary>Null where a value is missing or outside its limits.</summary>
    private static async ValueTask<Terms?> ReadTermsAsync(HttpContext http)
    {
        try
        {
            var terms = await JsonSerializer.DeserializeAsync(http.Request.Body, TermsJson.Default.Terms, http.RequestAborted);
            return
                terms
                    is {
                        LoanAmount: >= LoanLimits.MinimumAmount and <= LoanLimits.MaximumAmount,
                        AnnualRatePercent: >= 0 and <= LoanLimits.MaximumAnnualRatePercent,
                        TermMonths: >= LoanLimits.MinimumTermMonths and <= LoanLimits.MaximumTermMonths
                    }
                && decimal.Round(terms.AnnualRatePercent.Value, LoanLimits.AnnualRateScale) == terms.AnnualRatePercent
                ? terms
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The body of a new offer or a quote.</summary>
internal sealed record Terms(Guid? CustomerId, decimal? LoanAmount, decimal? AnnualRatePercent, int? TermMonths, string? Currency)
{
    public LoanTerms In(Currency currency) => new(LoanAmount!.Value, AnnualRatePercent!.Value, TermMonths!.Value, currency);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Terms))]
internal sealed partial class TermsJson : JsonSerializerContext;
