using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Platform.Persistence;

namespace Lending.Loans.Offers;

/// <summary>The terms under which a customer may borrow, and how far the decision has got.</summary>
internal sealed class LoanOffer : ITenantOwned
{
    private readonly List<OfferTransition> history = [];

    private LoanOffer() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public OfferCustomer Customer { get; private set; } = null!;

    public decimal LoanAmount { get; private set; }

    /// <summary>The organisation's currency when the offer was made; kept, as amounts are not converted.</summary>
    public string Currency { get; private init; } = null!;

    public decimal AnnualRatePercent { get; private set; }

    public int TermMonths { get; private set; }

    public decimal MonthlyPayment { get; private set; }

    public decimal TotalPayment { get; private set; }

    public decimal TotalInterest { get; private set; }

    public DateOnly FirstDueDate { get; private init; }

    public OfferStatus Status { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Changes with every write; see <see cref="Platform.Http.ETags"/>.</summary>
    public uint Version { get; private init; }

    public IReadOnlyList<OfferTransition> History => history;

    /// <summary>What a change starts from.</summary>
    public OfferTerms Terms =>
        new()
        {
            CustomerId = Customer.Id,
            LoanAmount = LoanAmount,
            AnnualRatePercent = AnnualRatePercent,
            TermMonths = TermMonths,
        };

    /// <summary>Why the offer may not be changed or deleted, or null.</summary>
    public Error? ObstacleToChange => Status == OfferStatus.Pending ? null : OfferErrors.NotPending;

    /// <summary>Makes a pending offer, first due a month after the day that it is in the time zone now.</summary>
    public static LoanOffer Create(OfferCustomer customer, LoanTerms terms, string timeZone, UserReference by, DateTimeOffset now)
    {
        var today = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Date;
        var offer = new LoanOffer
        {
            Id = Guid.CreateVersion7(now),
            Customer = customer,
            Currency = terms.Currency.Code,
            FirstDueDate = DateOnly.FromDateTime(today).AddMonths(1),
            Status = OfferStatus.Pending,
            CreatedBy = by,
            CreatedAt = now,
            UpdatedAt = now,
        };
        offer.Apply(terms);
        offer.history.Add(new OfferTransition(null, OfferStatus.Pending, by, null, now));
        return offer;
    }

    /// <summary>Gives a pending offer new terms and recomputes it.</summary>
    public Error? Change(OfferCustomer customer, OfferTerms terms, DateTimeOffset now)
    {
        if (ObstacleToChange is { } obstacle)
        {
            return obstacle;
        }
        var currency = Kernel.Currency.Get(Currency);
        if (!currency.HasScale(terms.LoanAmount!.Value))
        {
            return OfferErrors.AmountScale;
        }
        Customer = customer;
        Apply(terms.In(currency));
        UpdatedAt = now;
        return null;
    }

    public Error? Approve(UserReference by, string? comment, DateTimeOffset now) =>
        Move(OfferStatus.Pending, OfferStatus.Approved, OfferErrors.NotPending, by, comment, now);

    public Error? Reject(UserReference by, string? comment, DateTimeOffset now) =>
        Move(OfferStatus.Pending, OfferStatus.Rejected, OfferErrors.NotPending, by, comment, now);

    public Error? Disburse(UserReference by, string? comment, DateTimeOffset now) =>
        Move(OfferStatus.Approved, OfferStatus.Disbursed, OfferErrors.NotApproved, by, comment, now);

    private Error? Move(OfferStatus from, OfferStatus to, Error otherwise, UserReference by, string? comment, DateTimeOffset now)
    {
        if (Status != from)
        {
            return otherwise;
        }
        history.Add(new OfferTransition(from, to, by, comment, now));
        Status = to;
        UpdatedAt = now;
        return null;
    }

    private void Apply(LoanTerms terms)
    {
        var figures = LoanFigures.Of(terms);
        LoanAmount = terms.Amount;
        AnnualRatePercent = terms.AnnualRatePercent;
        TermMonths = terms.TermMonths;
        MonthlyPayment = figures.MonthlyPayment;
        TotalPayment = figures.TotalPayment;
        TotalInterest = figures.TotalInterest;
    }
}
