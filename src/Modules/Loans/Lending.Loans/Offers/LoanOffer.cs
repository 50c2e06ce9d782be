using Lending.Kernel;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers;

/// <summary>The terms under which a customer may borrow, and how far the decision has got.</summary>
internal sealed partial class LoanOffer : ITenantOwned
{
    /// <summary>The most versions of an offer.</summary>
    public const int MaximumVersion = 1000;

    private readonly List<OfferTransition> history = [];
    private readonly List<OfferVersion> earlierVersions = [];

    private LoanOffer() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public CustomerAsOffered Customer { get; private set; } = null!;

    /// <summary>The organisation's name when the offer was made.</summary>
    [NotPersonal]
    public string Lender { get; private init; } = null!;

    public decimal LoanAmount { get; private set; }

    /// <summary>The organisation's currency when the offer was made; kept, as amounts are not converted.</summary>
    [NotPersonal]
    public string Currency { get; private init; } = null!;

    public decimal AnnualRatePercent { get; private set; }

    public int TermMonths { get; private set; }

    public decimal MonthlyPayment { get; private set; }

    public decimal TotalPayment { get; private set; }

    public decimal TotalInterest { get; private set; }

    /// <summary>What is repaid with interest: the loan amount and a financed fee.</summary>
    public decimal AmountOwed { get; private set; }

    public OfferFees Fees { get; private set; } = null!;

    /// <summary>All that the customer pays: the upfront fee, the instalments and the monthly fees.</summary>
    public decimal TotalPayable { get; private set; }

    /// <summary>The annual percentage rate of charge; null for offers that were last changed before it was computed.</summary>
    public decimal? AprcPercent { get; private set; }

    /// <summary>How the figures were computed.</summary>
    [NotPersonal]
    public string Method { get; private set; } = null!;

    public int MethodVersion { get; private set; }

    [NotPersonal]
    public DateOnly PayoutDate { get; private set; }

    [NotPersonal]
    public DateOnly FirstDueDate { get; private set; }

    public Guid? ProductId { get; private set; }

    public int? ProductVersion { get; private set; }

    [NotPersonal]
    public string? ProductName { get; private set; }

    /// <summary>What the product lays down, with the only rate band that the offer is of.</summary>
    [NotPersonal]
    public ProductContent? ProductContent { get; private set; }

    /// <summary>Which version of the terms this is: 1, and one more with each change of terms that the customer had seen.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// The hash of <see cref="OfferContent"/> as it is now, kept so that reads need not compute it. Null only where a release that did not know it
    /// wrote the offer, until <see cref="MissingDocumentHashes"/> comes by.
    /// </summary>
    [NotPersonal]
    public byte[]? DocumentHash { get; private set; }

    /// <summary>Who made this version of the terms, or changed it before the customer saw it.</summary>
    public UserReference TermsBy { get; private set; } = null!;

    public DateTimeOffset TermsAt { get; private set; }

    public OfferStatus Status { get; private set; }

    /// <summary>The first moment at which the offer can no longer be accepted; null until it is approved.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>The first moment at which the customer can no longer withdraw; null until the offer is accepted.</summary>
    public DateTimeOffset? WithdrawalEndsAt { get; private set; }

    /// <summary>When the end of the withdrawal period was noticed and told.</summary>
    public DateTimeOffset? WithdrawalEndedAt { get; private set; }

    /// <summary>The day of the payout as it really was, in the organisation's time zone; null until then.</summary>
    [NotPersonal]
    public DateOnly? DisbursedOn { get; private set; }

    /// <summary>The day up to which a customer pays back who withdrew after the payout; null for everybody else.</summary>
    [NotPersonal]
    public DateOnly? RepayableUntil { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Changes with every write; see <see cref="Platform.Http.ETags"/>.</summary>
    public uint RowVersion { get; private init; }

    public IReadOnlyList<OfferTransition> History => history;

    /// <summary>The versions before this one that the customer has seen.</summary>
    public IReadOnlyList<OfferVersion> EarlierVersions => earlierVersions;

    /// <summary>What the customer accepted, once they have.</summary>
    public OfferAcceptance? Acceptance { get; private set; }

    /// <summary>What a change starts from.</summary>
    public OfferTerms Terms =>
        new()
        {
            CustomerId = Customer.Id,
            ProductId = ProductId,
            LoanAmount = LoanAmount,
            AnnualRatePercent = ProductId is null ? AnnualRatePercent : null,
            TermMonths = TermMonths,
            PayoutDate = PayoutDate,
            FirstDueDate = FirstDueDate,
        };

    /// <summary>Why the offer may not be changed or deleted, or null.</summary>
    public Error? ObstacleToChange => Status == OfferStatus.Pending ? null : OfferErrors.NotPending;

    /// <summary>Makes a pending offer.</summary>
    /// <param name="customer">Whom it is made to.</param>
    /// <param name="pricing">What it comes to.</param>
    /// <param name="lender">What the organisation is called.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">When.</param>
    /// <param name="id">Its id, for fake data that is the same each time; null for a new one.</param>
    public static LoanOffer Create(
        CustomerAsOffered customer,
        OfferPricing pricing,
        string lender,
        UserReference by,
        DateTimeOffset now,
        Guid? id = null
    )
    {
        var offer = new LoanOffer
        {
            Id = id ?? Guid.CreateVersion7(now),
            Lender = lender,
            Currency = pricing.Quote.Terms.Currency.Code,
            Version = 1,
            Status = OfferStatus.Pending,
            CreatedBy = by,
            CreatedAt = now,
        };
        offer.Apply(customer, pricing, by, now);
        offer.history.Add(new OfferTransition(null, OfferStatus.Pending, by, null, now));
        return offer;
    }

    /// <summary>Gives a pending offer new terms and recomputes it. What the customer has seen is kept as an earlier version; the same terms change nothing.</summary>
    public Error? Change(CustomerAsOffered customer, OfferPricing pricing, bool isSeen, UserReference by, DateTimeOffset now)
    {
        if (ObstacleToChange is { } obstacle)
        {
            return obstacle;
        }
        if (customer == Customer && IsPricedAs(pricing))
        {
            return null;
        }
        if (isSeen && Version == MaximumVersion)
        {
            return OfferErrors.TooManyVersions;
        }
        if (isSeen)
        {
            earlierVersions.Add(OfferVersion.Of(this));
            Version++;
        }
        Apply(customer, pricing, by, now);
        return null;
    }

    /// <summary>Why a decision on this version and hash is none on what the offer says now, or null.</summary>
    public Error? FindDifference(int version, string documentHash) =>
        version == Version && documentHash == OfferContent.Of(this).DocumentHash ? null : OfferErrors.VersionOutdated;

    private bool IsPricedAs(OfferPricing pricing)
    {
        var terms = pricing.Quote.Terms;
        return (LoanAmount, AnnualRatePercent, TermMonths, PayoutDate, FirstDueDate, ProductId, ProductVersion)
            == (
                terms.Amount,
                terms.AnnualRatePercent,
                terms.TermMonths,
                terms.PayoutDate,
                terms.FirstDueDate,
                pricing.Product?.Id,
                pricing.Product?.Version
            );
    }

    private void Apply(CustomerAsOffered customer, OfferPricing pricing, UserReference by, DateTimeOffset now)
    {
        var quote = pricing.Quote;
        var terms = quote.Terms;
        Customer = customer;
        LoanAmount = terms.Amount;
        AnnualRatePercent = terms.AnnualRatePercent;
        TermMonths = terms.TermMonths;
        // Offers always have one: see LoanDates.
        PayoutDate = terms.PayoutDate!.Value;
        FirstDueDate = terms.FirstDueDate;
        MonthlyPayment = quote.MonthlyPayment;
        TotalPayment = quote.TotalPayment;
        TotalInterest = quote.TotalInterest;
        AmountOwed = quote.AmountOwed;
        Fees = OfferFees.Of(quote);
        TotalPayable = quote.TotalPayable;
        AprcPercent = quote.AprcPercent;
        Method = quote.Method;
        MethodVersion = quote.MethodVersion;
        ProductId = pricing.Product?.Id;
        ProductVersion = pricing.Product?.Version;
        ProductName = pricing.Product?.Name;
        ProductContent = pricing.Product?.Content;
        TermsBy = by;
        TermsAt = now;
        UpdatedAt = now;
        DocumentHash = OfferContent.Of(this).Hash();
    }
}
