using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Products;
using Lending.Loans.Terms;

namespace Lending.Loans.Tests.Offers;

/// <summary>
/// Customers sign hashes, so the bytes that they are made of stay the same for ever. The golden files hold contents as they were first hashed; they are
/// never changed, not by a byte. New ones may be added.
/// </summary>
public sealed class GoldenContentTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private static readonly UserReference Somebody = new(Guid.Parse("0199f3a0-0000-7000-8000-000000000001"), "ingrid");

    private static readonly CustomerAsOffered Ada = new()
    {
        Id = Guid.Parse("0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10"),
        FullName = "Ada Berg",
        Email = "ada.berg@example.org",
        PostalAddress = "Sonnenallee 12\n12045 Berlin\nDE",
    };

    private static readonly CustomerAsOffered Lucja = Ada with
    {
        FullName = "Łucja O'Groß 🌞",
        Email = "lucja+\"solar\"@example.org",
        PostalAddress = "Οδός Ήλιου 7 <hinten>\nكويت\nKW",
    };

    private static readonly UsableProduct Product = new(
        Guid.Parse("0199f3a0-7d2f-7b66-9e1d-4a3c0f5e8b21"),
        "Solar & Speicher",
        Retired: false,
        Version: 3,
        new ProductRequest
        {
            Name = "Solar & Speicher",
            IsPublic = false,
            Retired = false,
            Currency = "EUR",
            AmountFrom = 1_000,
            AmountTo = 50_000,
            TermMonthsFrom = 12,
            TermMonthsTo = 120,
            RateBands =
            [
                new RateBand
                {
                    TermMonthsTo = 60,
                    AmountTo = 9_999.99m,
                    AnnualRatePercent = 6,
                },
                new RateBand
                {
                    TermMonthsTo = 60,
                    AmountFrom = 10_000,
                    AnnualRatePercent = 5.250m,
                },
                new RateBand { TermMonthsFrom = 72, AnnualRatePercent = 7 },
            ],
            Fees = new FeeTerms
            {
                Upfront = new FeeAmount { Percent = 2 },
                Financed = new FeeAmount { Amount = 99 },
                Monthly = new FeeAmount { Amount = 1.5m },
            },
            DealerFeePercent = 4,
            Method = "declining-balance",
            DayCount = "actual/360",
            StubDayCount = "actual/365f",
            InterestOnlyMonths = 3,
            RateSteps =
            [
                new RateStepTerms { FromInstalment = 25, AnnualRatePercent = 8.0m },
                new RateStepTerms { FromInstalment = 73, AnnualRatePercent = 9 },
            ],
            ValidityDays = null,
        }.ToContent()
    );

    /// <summary>The contents by the names of their files.</summary>
    internal static Dictionary<string, (string Json, string Hash)> Files { get; } =
        File.ReadAllLines(Path.Combine(Folder(), "contents.sha256"))
            .Select(line => line.Split("  "))
            .ToDictionary(line => line[1], line => (File.ReadAllText(Path.Combine(Folder(), line[1])), line[0]), StringComparer.Ordinal);

    [Fact]
    public void What_was_kept_is_read_and_written_again_to_the_byte()
    {
        Files
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe(Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Files.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var (json, hash) in Files.Values)
        {
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))).ShouldBe(hash);
            var content = OfferContent.Parse(json, formatVersion: 1);
            content.ToJson().ShouldBe(json);
            content.DocumentHash.ShouldBe(hash);
        }
    }

    [Fact]
    public void An_offer_without_a_product() =>
        ShouldSay(
            "without-product.json",
            Offer("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a", OfferPricing.Of(Terms(24_500.00m, 4.90m, 120, "EUR")))
        );

    [Fact]
    public void An_offer_with_a_product()
    {
        var wish = new OfferTerms
        {
            CustomerId = Ada.Id,
            ProductId = Product.Id,
            LoanAmount = 12_345.6m,
            AnnualRatePercent = null,
            TermMonths = 48,
            PayoutDate = null,
            FirstDueDate = null,
        };
        var dates = new LoanDates(new DateOnly(2026, 11, 20), new DateOnly(2027, 1, 1));
        OfferPricing.TryOf(wish, Product, Currency.Get("EUR"), dates, out var pricing, out var error).ShouldBeTrue(error?.Code);

        ShouldSay("with-product.json", Offer("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2c", pricing!));
    }

    [Fact]
    public void A_changed_offer_to_somebody_whose_name_is_not_ASCII()
    {
        var offer = Offer("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2b", OfferPricing.Of(Terms(3_000, 5, 60, "KWD")), "Wärme & Strom GmbH");
        offer
            .Change(Lucja, OfferPricing.Of(Terms(2_750.125m, 0.123456m, 59, "KWD")), isSeen: true, Somebody, Start.AddDays(1))
            .ShouldBeNull();

        ShouldSay("beyond-ascii.json", offer);
    }

    [Fact]
    public void A_format_that_nobody_knows_is_not_read() =>
        Should.Throw<NotSupportedException>(() => OfferContent.Parse(Files["without-product.json"].Json, formatVersion: 2));

    private static void ShouldSay(string file, LoanOffer offer)
    {
        OfferContent.Of(offer).ToJson().ShouldBe(Files[file].Json);
        Convert.ToHexStringLower(offer.DocumentHash!).ShouldBe(Files[file].Hash);
    }

    private static LoanOffer Offer(string id, OfferPricing pricing, string lender = "Solar GmbH") =>
        LoanOffer.Create(Ada, pricing, lender, Somebody, Start, Guid.Parse(id));

    private static LoanTerms Terms(decimal amount, decimal annualRatePercent, int termMonths, string currency) =>
        new(amount, annualRatePercent, termMonths, Currency.Get(currency))
        {
            PayoutDate = new DateOnly(2026, 11, 20),
            FirstDueDate = new DateOnly(2026, 12, 20),
        };

    private static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "Contents");
}
