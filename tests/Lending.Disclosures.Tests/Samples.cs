using Lending.Disclosures.Form;
using Lending.Loans.Contracts;

namespace Lending.Disclosures.Tests;

/// <summary>Credits and creditors to make forms of.</summary>
internal static class Samples
{
    /// <summary>1,000.00 at 6 % in three instalments, without fees.</summary>
    public static readonly OfferedCredit Credit = new()
    {
        OfferId = Guid.Parse("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a"),
        Version = 1,
        DocumentHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        CustomerId = Guid.Parse("0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10"),
        Lender = "Sonnenkraft Groß & Söhne GmbH",
        IsOpen = true,
        ValidUntil = null,
        WithdrawalEndsAt = null,
        Currency = "EUR",
        AmountOfCredit = 1_000.00m,
        UpfrontFee = 0,
        FinancedFee = 0,
        MonthlyFee = 0,
        DealerFee = 0,
        TotalCostOfCredit = 10.01m,
        TotalPayable = 1_010.01m,
        AprcPercent = 6.167781m,
        AnnualRatePercent = 6,
        LaterRates = [],
        PayoutOn = new DateOnly(2027, 1, 1),
        DailyInterest = 0.16m,
        Instalments =
        [
            new OfferedInstalment(new DateOnly(2027, 2, 1), 336.67m, 331.67m, 5.00m, 668.33m),
            new OfferedInstalment(new DateOnly(2027, 3, 1), 336.67m, 333.33m, 3.34m, 335.00m),
            new OfferedInstalment(new DateOnly(2027, 4, 1), 336.67m, 335.00m, 1.67m, 0.00m),
        ],
    };

    /// <summary>A credit of everything that a credit can have.</summary>
    public static readonly OfferedCredit FullCredit = Credit with
    {
        UpfrontFee = 12.50m,
        FinancedFee = 25.00m,
        MonthlyFee = 1.90m,
        DealerFee = 40.00m,
        TotalCostOfCredit = 28.21m,
        TotalPayable = 1_028.21m,
        LaterRates = [new OfferedRate(3, 7.25m)],
        ValidUntil = new DateTimeOffset(2027, 1, 15, 23, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A creditor of whom nothing is said that does not have to be.</summary>
    public static readonly CreditorDetails Creditor = new()
    {
        Address = "Lichtstraße 1, 10115 Berlin",
        Phone = "+49 30 1234567",
        Email = "credit@example.org",
        LateRatePointsAboveBaseRate = 5,
        AsksForCompensation = false,
        PersonalisesPrices = false,
        HasDearerDrawdowns = false,
        RepaysByCapital = false,
        Redress = "Schlichtungsstelle bei der Deutschen Bundesbank, Postfach 10 06 02, 60006 Frankfurt am Main",
    };

    /// <summary>A creditor of whom everything is said.</summary>
    public static readonly CreditorDetails FullCreditor = Creditor with
    {
        Website = "https://example.org",
        Register = "Amtsgericht Charlottenburg, HRB 12345",
        Supervisor = "Bundesanstalt für Finanzdienstleistungsaufsicht, Graurheindorfer Straße 108, 53117 Bonn",
        Representative = "Sonne Vertretung GmbH, Berlin",
        Intermediary = new IntermediaryDetails
        {
            Name = "Dachwerk Solar GmbH",
            Address = "Am Hang 2, 14467 Potsdam",
            Phone = "+49 331 7654321",
            Email = "info@example.com",
            Website = "https://example.com",
        },
        DefaultCharges = "2.50 for each reminder",
        AsksForCompensation = true,
        PersonalisesPrices = true,
        HasDearerDrawdowns = true,
        RepaysByCapital = true,
        AncillaryServices = "Insurance of the photovoltaic system",
        AccountCharges = "No charge for payments by direct debit",
        NotaryCosts = "About 100 euros for the certification of signatures",
        LawAndCourt = "German law; the courts at your place of residence",
    };

    public static readonly FormFacts Plain = new()
    {
        Credit = Credit,
        Creditor = Creditor,
        GivenOn = new DateOnly(2026, 12, 1),
    };

    public static readonly FormFacts Full = new()
    {
        Credit = FullCredit,
        Creditor = FullCreditor,
        Goods = "Photovoltaic system, 9.8 kWp",
        Sureties = "Transfer of the photovoltaic system by way of security",
        GivenOn = new DateOnly(2026, 12, 1),
        ValidThrough = new DateOnly(2027, 1, 15),
    };

    /// <summary>The same with the longest texts and the most instalments that there can be.</summary>
    public static FormFacts Longest =>
        Full with
        {
            Credit = FullCredit with
            {
                Lender = "Vereinigte Sonnenkraftwerke und Dachsanierungsgesellschaft Groß & Söhne mit beschränkter Haftung",
                Instalments =
                [
                    .. Enumerable
                        .Range(0, 240)
                        .Select(index => new OfferedInstalment(
                            new DateOnly(2027, 2, 1).AddMonths(index),
                            1_234_567.89m + (index / 50),
                            1_000_000.00m,
                            234_567.89m,
                            240_000_000.00m - (index * 1_000_000m)
                        )),
                ],
            },
            Goods = new string('W', 200),
            Creditor = FullCreditor with { Address = new string('M', 200), DefaultCharges = new string('V', 200) },
        };

    public static PreContractualForm FormOf(FormFacts facts, string language = "en") => PreContractualForm.Of(facts, language);
}
