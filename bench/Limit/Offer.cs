using Lending.Loans.Amortization;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>A row of loans.offers: everything that changes when the table does.</summary>
internal sealed partial record Offer
{
    private const string Columns = """
        SELECT id, customer_id, customer_full_name, customer_email, loan_amount, currency, annual_rate_percent, term_months,
            monthly_payment, total_payment, total_interest, amount_owed, fees_upfront, fees_financed, fees_monthly, fees_dealer, total_payable,
            aprc_percent, method, method_version, payout_date, first_due_date, product_id, status, created_by_id, created_by_username,
            created_at, updated_at, version, valid_until, withdrawal_ends_at, xmin
        """;

    private const string From = "FROM loans.offers WHERE organization_id = $1";

    public const string SelectForList = $"{Columns} {From}";

    public const string Select = $"{Columns}, document_hash {From}";

    public Guid Id { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public uint RowVersion { get; init; }
    private Guid CustomerId { get; init; }
    private string FullName { get; init; } = "";
    private string Email { get; init; } = "";
    private string PostalAddress { get; init; } = "";
    private string Lender { get; init; } = "";
    private decimal LoanAmount { get; init; }
    private string Currency { get; init; } = "";
    private decimal AnnualRatePercent { get; init; }
    private int TermMonths { get; init; }
    private decimal MonthlyPayment { get; init; }
    private decimal TotalPayment { get; init; }
    private decimal TotalInterest { get; init; }
    private decimal AmountOwed { get; init; }
    private decimal UpfrontFee { get; init; }
    private decimal FinancedFee { get; init; }
    private decimal MonthlyFee { get; init; }
    private decimal DealerFee { get; init; }
    private decimal TotalPayable { get; init; }
    private decimal? AprcPercent { get; init; }
    private string Method { get; init; } = "";
    private int MethodVersion { get; init; }
    private DateOnly PayoutDate { get; init; }
    private DateOnly FirstDueDate { get; init; }
    private string Status { get; init; } = "";
    private Guid CreatedById { get; init; }
    private string CreatedByUsername { get; init; } = "";
    private DateTimeOffset UpdatedAt { get; init; }
    private int Version { get; init; }
    private DateTimeOffset? ValidUntil { get; init; }
    private DateTimeOffset? WithdrawalEndsAt { get; init; }
    private byte[] DocumentHash { get; init; } = [];

    public static Offer Read(NpgsqlDataReader reader, bool forList) =>
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
            AmountOwed = reader.GetDecimal(11),
            UpfrontFee = reader.GetDecimal(12),
            FinancedFee = reader.GetDecimal(13),
            MonthlyFee = reader.GetDecimal(14),
            DealerFee = reader.GetDecimal(15),
            TotalPayable = reader.GetDecimal(16),
            AprcPercent = reader.IsDBNull(17) ? null : reader.GetDecimal(17),
            Method = reader.GetString(18),
            MethodVersion = reader.GetInt32(19),
            PayoutDate = reader.GetFieldValue<DateOnly>(20),
            FirstDueDate = reader.GetFieldValue<DateOnly>(21),
            Status = reader.IsDBNull(22)
                ? reader.GetString(23)
                : throw new NotSupportedException("No offer of the measurement has a product."),
            CreatedById = reader.GetGuid(24),
            CreatedByUsername = reader.GetString(25),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(26),
            UpdatedAt = reader.GetFieldValue<DateTimeOffset>(27),
            Version = reader.GetInt32(28),
            ValidUntil = reader.IsDBNull(29) ? null : reader.GetFieldValue<DateTimeOffset>(29),
            WithdrawalEndsAt = reader.IsDBNull(30) ? null : reader.GetFieldValue<DateTimeOffset>(30),
            RowVersion = reader.GetFieldValue<uint>(31),
            DocumentHash = forList ? [] : reader.GetFieldValue<byte[]>(32),
        };

    public static Offer Create(CustomerAsOffered customer, string lender, LoanQuote quote, AccessToken by, DateTimeOffset now)
    {
        var offer = new Offer
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = customer.Id,
            FullName = customer.FullName,
            Email = customer.Email,
            PostalAddress = customer.PostalAddress,
            Lender = lender,
            LoanAmount = quote.Terms.Amount,
            Currency = quote.Terms.Currency.Code,
            AnnualRatePercent = quote.Terms.AnnualRatePercent,
            TermMonths = quote.Terms.TermMonths,
            MonthlyPayment = quote.MonthlyPayment,
            TotalPayment = quote.TotalPayment,
            TotalInterest = quote.TotalInterest,
            AmountOwed = quote.AmountOwed,
            UpfrontFee = quote.UpfrontFee,
            FinancedFee = quote.FinancedFee,
            MonthlyFee = quote.MonthlyFee,
            DealerFee = quote.DealerFee,
            TotalPayable = quote.TotalPayable,
            AprcPercent = quote.AprcPercent,
            Method = quote.Method,
            MethodVersion = quote.MethodVersion,
            PayoutDate = quote.Terms.PayoutDate!.Value,
            FirstDueDate = quote.FirstDueDate,
            Status = "PENDING",
            CreatedById = by.UserId,
            CreatedByUsername = by.Username,
            CreatedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        return offer with { DocumentHash = offer.HashDocument() };
    }

    public NpgsqlBatchCommand Insert(Guid organizationId) =>
        new(
            """
            INSERT INTO loans.offers (organization_id, id, customer_id, customer_full_name, customer_email, customer_postal_address, lender,
                loan_amount, currency, annual_rate_percent, term_months, monthly_payment, total_payment, total_interest, amount_owed,
                fees_upfront, fees_financed, fees_monthly, fees_dealer, total_payable, aprc_percent, method, method_version, payout_date,
                first_due_date, version, status, created_by_id, created_by_username, created_at, document_hash, terms_by_id, terms_by_username,
                terms_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
                $27, $28, $29, $30, $31, $28, $29, $30, $30)
            RETURNING xmin
            """
        )
        {
            Parameters =
            {
                Value(organizationId),
                Value(Id),
                Value(CustomerId),
                Value(FullName),
                Value(Email),
                Value(Encryption.Encrypt(PostalAddress, "loans.offers.customer_postal_address"u8, Id)),
                Value(Lender),
                Value(LoanAmount),
                Value(Currency),
                Value(AnnualRatePercent),
                Value(TermMonths),
                Value(MonthlyPayment),
                Value(TotalPayment),
                Value(TotalInterest),
                Value(AmountOwed),
                Value(UpfrontFee),
                Value(FinancedFee),
                Value(MonthlyFee),
                Value(DealerFee),
                Value(TotalPayable),
                Value(AprcPercent!.Value),
                Value(Method),
                Value(MethodVersion),
                Value(PayoutDate),
                Value(FirstDueDate),
                Value(Version),
                Value(Status),
                Value(CreatedById),
                Value(CreatedByUsername),
                Value(CreatedAt),
                Value(DocumentHash),
            },
        };

    public NpgsqlBatchCommand InsertHistory(Guid organizationId) =>
        new(
            """
            INSERT INTO loans.offer_transitions (id, organization_id, offer_id, "to", at, by_id, by_username)
            VALUES ($1, $2, $3, 'PENDING', $4, $5, $6)
            """
        )
        {
            Parameters =
            {
                Value(Guid.CreateVersion7(CreatedAt)),
                Value(organizationId),
                Value(Id),
                Value(CreatedAt),
                Value(CreatedById),
                Value(CreatedByUsername),
            },
        };

    public NpgsqlBatchCommand InsertEvent(Guid organizationId) =>
        new(
            """
            INSERT INTO loans.outbox_messages (id, organization_id, type, payload, occurred_at, next_attempt_at, attempts)
            VALUES ($1, $2, 'LoanOfferCreated', $3::json, $4, $4, 0)
            """
        )
        {
            Parameters =
            {
                Value(Guid.CreateVersion7(CreatedAt)),
                Value(organizationId),
                Value(
                    $$"""{"offerId":"{{Id}}","organizationId":"{{organizationId}}","customerId":"{{CustomerId}}","at":"{{CreatedAt:O}}","by":"{{CreatedById}}"}"""
                ),
                Value(CreatedAt),
            },
        };

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}

/// <summary>The customer as they are called when the offer is made.</summary>
internal sealed record CustomerAsOffered(Guid Id, string FullName, string Email, string PostalAddress);
