using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>An accepted loan, from the acceptance to the last cent. All that was agreed is frozen in it; what happens is told by its events.</summary>
internal sealed class LoanAccount : ITenantOwned, IListed
{
    /// <summary>The first day of the new law; contracts of before keep the old one.</summary>
    private static readonly DateTimeOffset FirstOfCcd2 = new(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(1));

    private LoanAccount() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>Who made the offer; null for accounts that were opened before it was kept.</summary>
    public Guid? InstallerId { get; private init; }

    /// <summary>The product with which the offer was made; null without one, and for accounts that were opened before it was kept.</summary>
    public Guid? ProductId { get; private init; }

    public int? ProductVersion { get; private init; }

    public BorrowerKind BorrowerKind { get; private init; }

    public bool IsSecuredByLand { get; private init; }

    /// <summary>What is lent in all.</summary>
    public decimal Principal { get; private init; }

    [NotPersonal]
    public string Currency { get; private init; } = null!;

    /// <summary>The JSON of the <see cref="ContractDocument"/>.</summary>
    [NotPersonal]
    public string Contract { get; private init; } = null!;

    public RegulatoryRegime RegulatoryRegime { get; private init; }

    /// <summary>By which rules the loan is booked: those of when the account was opened, for ever.</summary>
    public int RulesVersion { get; private init; }

    public DateTimeOffset AcceptedAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Opens it.</summary>
    /// <param name="offer">What was accepted.</param>
    /// <param name="now">The time.</param>
    /// <param name="id">Its id; null: a new one.</param>
    /// <param name="closingTolerance">What a payment may leave open and is given up then.</param>
    public static LoanAccount Open(AcceptedOffer offer, DateTimeOffset now, Guid? id = null, decimal closingTolerance = 0) =>
        new()
        {
            Id = id ?? Guid.CreateVersion7(now),
            OfferId = offer.OfferId,
            CustomerId = offer.CustomerId,
            InstallerId = offer.OfferedById,
            ProductId = offer.Product?.Id,
            ProductVersion = offer.Product?.Version,
            BorrowerKind = offer.BorrowerKind,
            IsSecuredByLand = offer.IsSecuredByLand,
            Principal = offer.AmountOwed,
            Currency = offer.Currency,
            Contract = JsonSerializer.Serialize(ContractOf(offer, closingTolerance), StoredJson.Options),
            RegulatoryRegime = offer.AcceptedAt < FirstOfCcd2 ? RegulatoryRegime.Ccd1 : RegulatoryRegime.Ccd2,
            RulesVersion = LoanContract.CurrentRulesVersion,
            AcceptedAt = offer.AcceptedAt,
            CreatedAt = now,
        };

    public LoanContract ReadContract() =>
        JsonSerializer.Deserialize<ContractDocument>(Contract, StoredJson.Options)!.ToContract() with
        {
            Law = LawOf(BorrowerKind, IsSecuredByLand) with { Regime = RegulatoryRegime },
            RulesVersion = RulesVersion,
            // Those of § 193 BGB came with the second rules.
            WaitsForWorkingDays = RulesVersion >= 2,
        };

    private static LoanLaw LawOf(BorrowerKind borrower, bool isSecuredByLand) => new(borrower == BorrowerKind.Consumer, isSecuredByLand);

    private static ContractDocument ContractOf(AcceptedOffer offer, decimal closingTolerance)
    {
        var law = LawOf(offer.BorrowerKind, offer.IsSecuredByLand);
        return new()
        {
            Currency = offer.Currency,
            Principal = offer.AmountOwed,
            AnnualRatePercent = offer.AnnualRatePercent,
            DayCount = offer.DayCount,
            Allocation = law.Allocation.Name,
            DefaultInterestPercent = law.DefaultInterest.Percent,
            IsDefaultInterestAboveBaseRate = law.DefaultInterest.IsAboveBaseRate,
            MonthlyFee = offer.MonthlyFee,
            // A dealer's fee is a cost of the credit, too (record 33): the same goods cost less in cash.
            CostsForWholeTerm = offer.UpfrontFee + offer.FinancedFee + offer.DealerFee,
            FinancedFee = offer.FinancedFee,
            DealerFee = offer.DealerFee,
            HasEarlyRepaymentCompensation = law.HasCappedCompensation && offer.AnnualRatePercent > 0,
            ClosingTolerance = closingTolerance,
            PlannedPayoutOn = offer.PlannedPayoutOn,
            Instalments =
            [
                .. offer.Instalments.Select(row => new PlannedInstalment(row.DueOn) { Principal = row.Principal, Interest = row.Interest }),
            ],
        };
    }
}
