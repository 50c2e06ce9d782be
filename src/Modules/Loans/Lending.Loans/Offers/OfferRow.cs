using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Products;
using Npgsql;

namespace Lending.Loans.Offers;

/// <summary>Reads rows of offers column by column, without EF: what is asked for most is read for many requests together.</summary>
internal static class OfferRow
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public static readonly FormattableString Columns = $"""
        id, customer_id, customer_full_name, customer_email, loan_amount, currency, annual_rate_percent, term_months, monthly_payment,
        total_payment, total_interest, amount_owed, fees_upfront, fees_financed, fees_monthly, fees_dealer, total_payable, aprc_percent,
        method, method_version, payout_date, first_due_date, product_id, product_version, product_name, status, created_by_id,
        created_by_username, created_at, updated_at, version, valid_until, withdrawal_ends_at, xmin, disbursed_on, repayable_until
        """;

    /// <summary>The columns that <see cref="ReadWithDocumentHash"/> reads, in its order.</summary>
    public static readonly FormattableString ColumnsWithDocumentHash = $"{Columns}, document_hash";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static OfferResponse Read(NpgsqlDataReader row)
    {
        var customerId = row.GetGuid(1);
        return new OfferResponse
        {
            Id = row.GetGuid(0),
            CustomerId = customerId,
            Customer = new OfferCustomer
            {
                Id = customerId,
                FullName = row.GetString(2),
                Email = row.GetString(3),
            },
            LoanAmount = row.GetDecimal(4),
            Currency = row.GetString(5),
            AnnualRatePercent = row.GetDecimal(6),
            TermMonths = row.GetInt32(7),
            MonthlyPayment = row.GetDecimal(8),
            TotalPayment = row.GetDecimal(9),
            TotalInterest = row.GetDecimal(10),
            AmountOwed = row.GetDecimal(11),
            Fees = new OfferFees
            {
                Upfront = row.GetDecimal(12),
                Financed = row.GetDecimal(13),
                Monthly = row.GetDecimal(14),
                Dealer = row.GetDecimal(15),
            },
            TotalPayable = row.GetDecimal(16),
            AprcPercent = row.GetFieldValue<decimal?>(17),
            Method = row.GetString(18),
            MethodVersion = row.GetInt32(19),
            PayoutDate = row.GetFieldValue<DateOnly>(20),
            FirstDueDate = row.GetFieldValue<DateOnly>(21),
            Product = row.IsDBNull(22) ? null : new QuotedProduct(row.GetGuid(22), row.GetInt32(23), row.GetString(24)),
            Status = StatusColumn.Parse(row.GetString(25)),
            CreatedBy = new UserReference(row.GetGuid(26), row.GetString(27)),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(28),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(29),
            Version = row.GetInt32(30),
            ValidUntil = row.GetFieldValue<DateTimeOffset?>(31),
            WithdrawalEndsAt = row.GetFieldValue<DateTimeOffset?>(32),
            RowVersion = row.GetFieldValue<uint>(33),
            DisbursedOn = row.GetFieldValue<DateOnly?>(34),
            Repayment = row.IsDBNull(35)
                ? null
                : WithdrawalRepayment.Of(
                    row.GetDecimal(4),
                    row.GetDecimal(15),
                    row.GetDecimal(6),
                    row.GetString(5),
                    row.GetFieldValue<DateOnly>(34),
                    row.GetFieldValue<DateOnly>(35)
                ),
        };
    }

    /// <summary>Reads a row of <see cref="ColumnsWithDocumentHash"/>.</summary>
    public static OfferResponse ReadWithDocumentHash(NpgsqlDataReader row) =>
        row.IsDBNull(36) ? Read(row) : Read(row) with { DocumentHash = Convert.ToHexStringLower(row.GetFieldValue<byte[]>(36)) };
}
