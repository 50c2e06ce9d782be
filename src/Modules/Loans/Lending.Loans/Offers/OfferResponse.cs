using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Mapster;

namespace Lending.Loans.Offers;

/// <summary>A loan offer with its figures. All amounts are in <c>currency</c>.</summary>
internal sealed record OfferResponse
{
    /// <summary>The offer's id.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid Id { get; init; }

    /// <summary>The customer's id.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer as they were called when the offer was made.</summary>
    public required OfferCustomer Customer { get; init; }

    /// <summary>What is borrowed: a dealer fee is part of it, a financed fee is not.</summary>
    /// <example>24500.00</example>
    public required decimal LoanAmount { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

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

    /// <summary>What is repaid with interest: the loan amount and a financed fee.</summary>
    /// <example>24500.00</example>
    public required decimal AmountOwed { get; init; }

    /// <summary>What is paid beside principal and interest.</summary>
    public required OfferFees Fees { get; init; }

    /// <summary>All that the customer pays: the upfront fee, the instalments and the monthly fees.</summary>
    /// <example>31039.20</example>
    public required decimal TotalPayable { get; init; }

    /// <summary>
    /// The annual percentage rate of charge (Directives 2008/48/EC and 2014/17/EU) in percent, to six decimals; null for offers that were last changed
    /// before it was computed.
    /// </summary>
    /// <example>5.011153</example>
    public required decimal? AprcPercent { get; init; }

    /// <summary>How the figures are computed.</summary>
    /// <example>equal-instalments</example>
    public required string Method { get; init; }

    /// <summary>The version of the method: the same version computes the same, whenever.</summary>
    /// <example>1</example>
    public required int MethodVersion { get; init; }

    /// <summary>The day of the payout.</summary>
    /// <example>2026-11-20</example>
    public required DateOnly PayoutDate { get; init; }

    /// <summary>The day on which the first instalment is due.</summary>
    /// <example>2026-12-20</example>
    public required DateOnly FirstDueDate { get; init; }

    /// <summary>The version of a product that the offer was made with; left out without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuotedProduct? Product { get; init; }

    /// <summary>How far the decision has got.</summary>
    /// <example>PENDING</example>
    public required OfferStatus Status { get; init; }

    /// <summary>Who made the offer.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the offer was made.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the offer was last changed or decided on.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Which version of the terms this is; counts up when terms are changed that the customer has seen. Not the entity tag.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>The hash of everything that this version says; accepting asks for it. Left out in lists.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DocumentHash { get; init; }

    /// <summary>The first moment at which an approved offer can no longer be accepted; null until it is approved.</summary>
    /// <example>2026-12-20T23:00:00Z</example>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The first moment at which the customer can no longer withdraw; null until the offer is accepted.</summary>
    /// <example>2026-12-04T23:00:00Z</example>
    public required DateTimeOffset? WithdrawalEndsAt { get; init; }

    /// <summary>The day on which the loan was paid out; left out until then.</summary>
    /// <example>2026-12-08</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? DisbursedOn { get; init; }

    /// <summary>What the customer pays back who withdrew after the payout; left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WithdrawalRepayment? Repayment { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    /// <summary>What <see cref="SeenMarks"/> has to know of it.</summary>
    [JsonIgnore]
    public ShownOffer Shown => new(Id, RowVersion);

    internal sealed class Mapping : IRegister
    {
        // Column by column: for a member of several columns as a whole, EF would read the whole offer.
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<LoanOffer, OfferResponse>()
                .Map(
                    response => response.Customer,
                    offer => new OfferCustomer
                    {
                        Id = offer.Customer.Id,
                        FullName = offer.Customer.FullName,
                        Email = offer.Customer.Email,
                    }
                )
                .Map(
                    response => response.Fees,
                    offer => new OfferFees
                    {
                        Upfront = offer.Fees.Upfront,
                        Financed = offer.Fees.Financed,
                        Monthly = offer.Fees.Monthly,
                        Dealer = offer.Fees.Dealer,
                    }
                )
                .Map(
                    response => response.Product,
                    offer =>
                        offer.ProductId == null
                            ? null
                            : new QuotedProduct(offer.ProductId.Value, offer.ProductVersion!.Value, offer.ProductName!)
                )
                .Map(response => response.CreatedBy, offer => new UserReference(offer.CreatedBy.Id, offer.CreatedBy.Username))
                .Map(
                    response => response.Repayment,
                    offer =>
                        offer.RepayableUntil == null
                            ? null
                            : WithdrawalRepayment.Of(
                                offer.LoanAmount,
                                offer.Fees.Dealer,
                                offer.AnnualRatePercent,
                                offer.Currency,
                                offer.DisbursedOn!.Value,
                                offer.RepayableUntil.Value
                            )
                )
                .Map(
                    response => response.DocumentHash,
                    offer => offer.DocumentHash == null ? null : Convert.ToHexStringLower(offer.DocumentHash)
                );
    }
}
