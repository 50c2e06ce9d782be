using Lending.Loans.Contracts;

namespace Lending.Portal.Tests;

/// <summary>Made-up offers.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Then = new(2099, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static LinkedOffer Offer(Guid id) =>
        new()
        {
            Credit = Credit(id),
            OrganizationName = "Sonnendach",
            Color = null,
            CustomerName = "Jürgen Groß",
            ProductName = null,
            State = LinkedOfferState.Open,
            AnsweredAt = null,
            Repayment = null,
            TimeZone = "Europe/Berlin",
        };

    public static LinkedOffer Accepted(LinkedOffer offer) =>
        offer with
        {
            State = LinkedOfferState.Accepted,
            AnsweredAt = Then,
            Credit = offer.Credit with { WithdrawalEndsAt = Then.AddDays(14) },
        };

    private static OfferedCredit Credit(Guid id) =>
        new()
        {
            OfferId = id,
            Version = 1,
            DocumentHash = new string('a', 64),
            CustomerId = id,
            Lender = "Solar GmbH",
            IsOpen = true,
            // The end of the first of April in Berlin.
            ValidUntil = new(2099, 4, 1, 22, 0, 0, TimeSpan.Zero),
            WithdrawalEndsAt = null,
            Currency = "EUR",
            AmountOfCredit = 18_000,
            UpfrontFee = 0,
            FinancedFee = 0,
            MonthlyFee = 0,
            DealerFee = 0,
            TotalCostOfCredit = 340,
            TotalPayable = 18_340,
            AprcPercent = 3.456789m,
            AnnualRatePercent = 3.4m,
            LaterRates = [],
            PayoutOn = new(2099, 4, 1),
            DailyInterest = 1.67m,
            Instalments =
            [
                .. Enumerable
                    .Range(1, 12)
                    .Select(month => new OfferedInstalment(
                        new DateOnly(2099, 4, 1).AddMonths(month),
                        1_528.33m,
                        1_500,
                        28.33m,
                        18_000 - 1_500 * month
                    )),
            ],
        };
}
