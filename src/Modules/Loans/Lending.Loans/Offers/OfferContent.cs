using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Loans.Amortization;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Terms;

namespace Lending.Loans.Offers;

/// <summary>
/// Everything that a version of an offer says: what is printed, kept and accepted. The document hash is made of its JSON, so members keep their names
/// and their order. A new member goes to the end and is null for the offers that there are: what is null is left out, and their hashes stay.
/// </summary>
internal sealed record OfferContent
{
    /// <summary>
    /// The number of the JSON's format, which is stored beside every kept content. A change that a new member at the end cannot express gets the next
    /// number and a record of its own; this record then stays as it is, to read what was kept before.
    /// </summary>
    public const int FormatVersion = 1;

    /// <summary>The offer's id.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid OfferId { get; init; }

    /// <summary>The version's number.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>The name of the organisation that offers the loan.</summary>
    /// <example>Solar GmbH</example>
    public required string Lender { get; init; }

    /// <summary>The customer's id.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    /// <example>Ada Berg</example>
    public required string CustomerName { get; init; }

    /// <summary>Where the customer was written to.</summary>
    /// <example>ada.berg@example.org</example>
    public required string CustomerEmail { get; init; }

    /// <summary>The customer's postal address, in lines.</summary>
    /// <example>Sonnenallee 12</example>
    public required string CustomerAddress { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The principal.</summary>
    /// <example>24500.00</example>
    public required decimal LoanAmount { get; init; }

    /// <summary>The nominal annual interest rate, in percent.</summary>
    /// <example>4.9</example>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>The number of monthly instalments.</summary>
    /// <example>120</example>
    public required int TermMonths { get; init; }

    /// <summary>The instalment paid each month.</summary>
    /// <example>258.66</example>
    public required decimal MonthlyPayment { get; init; }

    /// <summary>The sum of all instalments.</summary>
    /// <example>31039.20</example>
    public required decimal TotalPayment { get; init; }

    /// <summary>The total payment without the amount owed.</summary>
    /// <example>6539.20</example>
    public required decimal TotalInterest { get; init; }

    /// <summary>The day on which the first instalment is due.</summary>
    /// <example>2026-12-20</example>
    public required DateOnly FirstDueDate { get; init; }

    /// <summary>How the schedule is computed.</summary>
    /// <example>equal-instalments</example>
    public required string Method { get; init; }

    /// <summary>The version of that method.</summary>
    /// <example>1</example>
    public required int MethodVersion { get; init; }

    /// <summary>The day of the payout.</summary>
    /// <example>2026-11-20</example>
    public required DateOnly PayoutDate { get; init; }

    /// <summary>What is repaid with interest: the loan amount and a financed fee.</summary>
    /// <example>24500.00</example>
    public required decimal AmountOwed { get; init; }

    /// <summary>What is paid beside principal and interest.</summary>
    public required OfferFees Fees { get; init; }

    /// <summary>All that the customer pays: the upfront fee, the instalments and the monthly fees.</summary>
    /// <example>31039.20</example>
    public required decimal TotalPayable { get; init; }

    /// <summary>The annual percentage rate of charge; left out where it was not computed.</summary>
    /// <example>5.011153</example>
    public decimal? AprcPercent { get; init; }

    /// <summary>The version of a product that the offer was made with; left out without one.</summary>
    public PinnedProduct? Product { get; init; }

    /// <summary>The hash of this content in lower-case hexadecimal digits, as it is shown.</summary>
    [JsonIgnore]
    public string DocumentHash => Convert.ToHexStringLower(Hash());

    /// <summary>What an offer says at present.</summary>
    public static OfferContent Of(LoanOffer offer) =>
        new()
        {
            OfferId = offer.Id,
            Version = offer.Version,
            Lender = offer.Lender,
            CustomerId = offer.Customer.Id,
            CustomerName = offer.Customer.FullName,
            CustomerEmail = offer.Customer.Email,
            CustomerAddress = offer.Customer.PostalAddress.Text,
            Currency = offer.Currency,
            LoanAmount = offer.LoanAmount,
            AnnualRatePercent = offer.AnnualRatePercent,
            TermMonths = offer.TermMonths,
            MonthlyPayment = offer.MonthlyPayment,
            TotalPayment = offer.TotalPayment,
            TotalInterest = offer.TotalInterest,
            FirstDueDate = offer.FirstDueDate,
            Method = offer.Method,
            MethodVersion = offer.MethodVersion,
            PayoutDate = offer.PayoutDate,
            AmountOwed = offer.AmountOwed,
            Fees = offer.Fees,
            TotalPayable = offer.TotalPayable,
            AprcPercent = offer.AprcPercent,
            Product = offer.ProductId is { } productId
                ? new PinnedProduct(productId, offer.ProductVersion!.Value, offer.ProductName!, offer.ProductContent!)
                : null,
        };

    /// <summary>All figures, computed anew.</summary>
    [JsonIgnore]
    public LoanQuote Quote
    {
        get
        {
            var dates = new LoanDates(PayoutDate, FirstDueDate);
            var terms = Product is { Content: var product }
                ? product.Terms(product.RateBands[0], LoanAmount, TermMonths, dates)
                : new LoanTerms(LoanAmount, AnnualRatePercent, TermMonths, Kernel.Currency.Get(Currency))
                {
                    PayoutDate = dates.Payout,
                    FirstDueDate = dates.FirstDue,
                };
            return OfferPricing.Of(terms).Quote;
        }
    }

    /// <summary>Reads what was kept.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="formatVersion">The number of its format, which was kept beside it.</param>
    public static OfferContent Parse(string json, int formatVersion) =>
        formatVersion == FormatVersion
            ? JsonSerializer.Deserialize(json, OfferJson.Default.OfferContent)!
            : throw new NotSupportedException($"Contents of offers in format {formatVersion} cannot be read.");

    /// <summary>The JSON that is hashed and kept. Characters outside ASCII are escaped, so the bytes depend on no table of characters.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OfferJson.Default.OfferContent);

    /// <summary>The hash of this content: SHA-256 of its JSON.</summary>
    public byte[] Hash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, OfferJson.Default.OfferContent));

    /// <summary>The hash of kept JSON.</summary>
    public static byte[] Hash(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(json));
}

/// <summary>The JSON of what is kept of an offer. It has options of its own, so that a change of the API's does not change any hash.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(OfferContent))]
[JsonSerializable(typeof(FrozenSchedule))]
internal sealed partial class OfferJson : JsonSerializerContext;
