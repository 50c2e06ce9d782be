using System.Text.Json;
using Lending.Loans.Amortization;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>A row of loans.offers: everything that changes when the table does.</summary>
internal readonly record struct Offer
{
    public const string Select = """
        SELECT id, customer_id, customer_full_name, customer_email, loan_amount, currency, annual_rate_percent, term_months,
            monthly_payment, total_payment, total_interest, status, created_by_id, created_by_username, created_at, updated_at, xmin
        FROM loans.offers
        WHERE organization_id = $1
        """;

    private const string InsertColumns = """
        INSERT INTO loans.offers (organization_id, id, customer_id, loan_amount, currency, annual_rate_percent, term_months, monthly_payment,
            total_payment, total_interest, first_due_date, status, created_by_id, created_by_username, created_at, updated_at,
            customer_full_name, customer_email)
        """;

    private const string HistoryColumns = """
        INSERT INTO loans.offer_transitions (id, organization_id, offer_id, "to", at, by_id, by_username)
        """;

    public Guid Id { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public uint Version { get; init; }
    public string FullName { get; init; }
    public string Email { get; init; }
    private Guid CustomerId { get; init; }
    private decimal LoanAmount { get; init; }
    private string Currency { get; init; }
    private decimal AnnualRatePercent { get; init; }
    private int TermMonths { get; init; }
    private decimal MonthlyPayment { get; init; }
    private decimal TotalPayment { get; init; }
    private decimal TotalInterest { get; init; }
    private string Status { get; init; }
    private Guid CreatedById { get; init; }
    private string CreatedByUsername { get; init; }
    private DateTimeOffset UpdatedAt { get; init; }

    public static Offer Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.GetGuid(0),
            CustomerId = reader.GetGuid(1),
            FullName = reader.GetString(2),
            Email = reader.GetString(3),
            LoanAmount = reader.GetDecimal(4),
            Currency = reader.GetString(5),
            AnnualRatePercent = reader.GetDecimal(6),
            TermMonths = reader.GetInt32(7),
            MonthlyPayment = reader.GetDecimal(8),
            TotalPayment = reader.GetDecimal(9),
            TotalInterest = reader.GetDecimal(10),
            Status = reader.GetString(11),
            CreatedById = reader.GetGuid(12),
            CreatedByUsername = reader.GetString(13),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(14),
            UpdatedAt = reader.GetFieldValue<DateTimeOffset>(15),
            Version = reader.GetFieldValue<uint>(16),
        };

    public static Offer Create(Guid customerId, string fullName, string email, LoanTerms terms, AccessToken by, DateTimeOffset now)
    {
        var figures = LoanFigures.Of(terms);
        return new Offer
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = customerId,
            FullName = fullName,
            Email = email,
            LoanAmount = terms.Amount,
            Currency = terms.Currency.Code,
            AnnualRatePercent = terms.AnnualRatePercent,
            TermMonths = terms.TermMonths,
            MonthlyPayment = figures.MonthlyPayment,
            TotalPayment = figures.TotalPayment,
            TotalInterest = figures.TotalInterest,
            Status = "PENDING",
            CreatedById = by.UserId,
            CreatedByUsername = by.Username,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    public NpgsqlBatchCommand Insert(Guid organizationId, DateOnly firstDueDate)
    {
        var command = new NpgsqlBatchCommand(
            $"{InsertColumns} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17) RETURNING xmin"
        );
        AddValues(command.Parameters, organizationId, firstDueDate);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = FullName });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Email });
        return command;
    }

    public NpgsqlBatchCommand InsertHistory(Guid organizationId) =>
        new($"{HistoryColumns} VALUES ($1, $2, $3, 'PENDING', $4, $5, $6)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(CreatedAt) },
                new NpgsqlParameter<Guid> { TypedValue = organizationId },
                new NpgsqlParameter<Guid> { TypedValue = Id },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = CreatedAt },
                new NpgsqlParameter<Guid> { TypedValue = CreatedById },
                new NpgsqlParameter<string> { TypedValue = CreatedByUsername },
            },
        };

    public NpgsqlCommand InsertAtOnce(Guid organizationId, DateOnly firstDueDate)
    {
        var command = new NpgsqlCommand(
            $"""
            WITH customer AS (
                SELECT first_name || ' ' || last_name AS full_name, email FROM customers.customers
                WHERE organization_id = $1 AND id = $3 FOR KEY SHARE
            ), history AS (
                {HistoryColumns} SELECT $16, $1, $2, 'PENDING', $15, $13, $14 FROM customer
            )
            {InsertColumns} SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, full_name, email FROM customer
            RETURNING xmin, customer_full_name, customer_email
            """
        );
        AddValues(command.Parameters, organizationId, firstDueDate);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(CreatedAt) });
        return command;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("customerId", CustomerId);
        json.WriteStartObject("customer");
        json.WriteString("id", CustomerId);
        json.WriteString("fullName", FullName);
        json.WriteString("email", Email);
        json.WriteEndObject();
        json.WriteNumber("loanAmount", LoanAmount);
        json.WriteString("currency", Currency);
        json.WriteNumber("annualRatePercent", AnnualRatePercent);
        json.WriteNumber("termMonths", TermMonths);
        json.WriteNumber("monthlyPayment", MonthlyPayment);
        json.WriteNumber("totalPayment", TotalPayment);
        json.WriteNumber("totalInterest", TotalInterest);
        json.WriteString("status", Status);
        json.WriteStartObject("createdBy");
        json.WriteString("id", CreatedById);
        json.WriteString("username", CreatedByUsername);
        json.WriteEndObject();
        json.WriteString("createdAt", CreatedAt);
        json.WriteString("updatedAt", UpdatedAt);
        json.WriteEndObject();
    }

    private void AddValues(NpgsqlParameterCollection parameters, Guid organizationId, DateOnly firstDueDate)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Id });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = CustomerId });
        parameters.Add(new NpgsqlParameter<decimal> { TypedValue = LoanAmount });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = Currency });
        parameters.Add(new NpgsqlParameter<decimal> { TypedValue = AnnualRatePercent });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = TermMonths });
        parameters.Add(new NpgsqlParameter<decimal> { TypedValue = MonthlyPayment });
        parameters.Add(new NpgsqlParameter<decimal> { TypedValue = TotalPayment });
        parameters.Add(new NpgsqlParameter<decimal> { TypedValue = TotalInterest });
        parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = firstDueDate });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = Status });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = CreatedById });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = CreatedByUsername });
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = CreatedAt });
    }
}
