using System.Runtime.CompilerServices;
using Lending.Loans.Products;
using Lending.Loans.Terms;
using Lending.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>What a made-up organisation lends: one product for everybody, one of two versions for its own staff, and one that is retired.</summary>
internal static class FakeProducts
{
    private static readonly TimeSpan UntilSecondVersion = TimeSpan.FromDays(400);

    private static readonly ProductRequest Plain = new()
    {
        Name = null,
        IsPublic = false,
        Retired = false,
        Currency = null,
        AmountFrom = null,
        AmountTo = null,
        TermMonthsFrom = null,
        TermMonthsTo = null,
        RateBands = null,
        Fees = null,
        DealerFeePercent = null,
        Method = null,
        DayCount = null,
        StubDayCount = null,
        InterestOnlyMonths = null,
        RateSteps = null,
        ValidityDays = null,
    };

    public static IEnumerable<LoanProduct> Of(SeededOrganization organization, DateTimeOffset at, SeedRandom random)
    {
        var plain = Plain with { Currency = organization.Currency };
        yield return Make(
            plain with
            {
                Name = organization.Say("Solaranlage", "Solar panels"),
                IsPublic = true,
                AmountFrom = 4_000,
                AmountTo = 60_000,
                TermMonthsFrom = 24,
                TermMonthsTo = 180,
                RateBands =
                [
                    new RateBand { TermMonthsTo = 60, AnnualRatePercent = 4.49m },
                    new RateBand
                    {
                        TermMonthsFrom = 61,
                        TermMonthsTo = 120,
                        AnnualRatePercent = 4.99m,
                    },
                    new RateBand { TermMonthsFrom = 121, AnnualRatePercent = 5.49m },
                ],
            }
        );
        yield return Make(
            plain with
            {
                Name = organization.Say("Wärmepumpe mit Förderung", "Heat pump with subsidy"),
                AmountFrom = 8_000,
                AmountTo = 50_000,
                TermMonthsFrom = 60,
                TermMonthsTo = 240,
                RateBands =
                [
                    new RateBand { AmountTo = 25_000, AnnualRatePercent = 2.99m },
                    new RateBand { AmountFrom = 25_000.01m, AnnualRatePercent = 4.29m },
                ],
                Fees = new FeeTerms { Financed = new FeeAmount { Percent = 1 } },
                DealerFeePercent = 2,
                ValidityDays = 60,
            },
            second: first => first with { RateBands = [new RateBand { AnnualRatePercent = 3.79m }], DealerFeePercent = 3 }
        );
        yield return Make(
            plain with
            {
                Name = organization.Say("Speicher", "Storage"),
                AmountFrom = 2_000,
                AmountTo = 20_000,
                TermMonthsFrom = 12,
                TermMonthsTo = 120,
                RateBands = [new RateBand { AnnualRatePercent = 6.49m }],
                Fees = new FeeTerms { Monthly = new FeeAmount { Amount = 2 } },
                DayCount = "actual/365f",
            },
            second: first => first with { Retired = true }
        );

        LoanProduct Make(ProductRequest first, Func<ProductRequest, ProductRequest>? second = null)
        {
            var product = LoanProduct.Create(first, organization.Administrator, at);
            if (second is not null)
            {
                product.Change(second(first), product.Versions[0].Content, organization.Administrator, at + UntilSecondVersion);
            }
            SetId(product, random.Id(product.CreatedAt));
            foreach (var version in product.Versions)
            {
                SetId(version, random.Id(version.CreatedAt));
            }
            return product;
        }
    }

    // Entities make their own keys, by chance: here they have to be the same ones each time.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(LoanProduct product, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(ProductVersion version, Guid id);
}
