using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Seeding;
using Lending.Platform.Seeding;

namespace Lending.Loans.Tests.Seeding;

public sealed class FakeTests
{
    [Theory]
    [InlineData("EUR")]
    [InlineData("JPY")]
    [InlineData("KWD")]
    public void Terms_are_those_of_green_technology_loans_in_any_currency(string code)
    {
        var currency = Currency.Get(code);
        var terms = Enumerable.Range(0, 5000).Select(number => Fake.Terms(currency, new SeedRandom(1, "terms", number))).ToList();

        terms.ShouldAllBe(one => one.Amount >= 4_000 && one.Amount <= 70_000 && currency.HasScale(one.Amount));
        terms.ShouldAllBe(one => one.AnnualRatePercent >= 2.99m && one.AnnualRatePercent <= 8.49m);
        terms.ShouldAllBe(one => one.TermMonths >= 24 && one.TermMonths <= 240 && one.TermMonths % 12 == 0);
        terms.Average(one => one.Amount).ShouldBeInRange(17_000, 24_000);
        terms.Select(one => one.TermMonths).Distinct().Count().ShouldBe(11);
        // Longer loans bear higher rates.
        terms
            .Where(one => one.TermMonths > 120)
            .Average(one => one.AnnualRatePercent)
            .ShouldBeGreaterThan(terms.Where(one => one.TermMonths < 60).Average(one => one.AnnualRatePercent));
    }

    [Fact]
    public void An_offer_becomes_what_it_was_meant_to_and_its_history_agrees()
    {
        foreach (var fate in Enum.GetValues<OfferStatus>())
        {
            foreach (var number in Enumerable.Range(0, 100))
            {
                var offer = Fake.Offer(Fake.Customer(number), number, fate: fate);

                offer.Status.ShouldBe(fate);
                ShouldBeConsistent(offer);
            }
        }
    }

    [Fact]
    public void Nothing_happens_to_an_offer_after_the_end()
    {
        foreach (var number in Enumerable.Range(0, 500))
        {
            var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
            var end = at.AddDays(number % 50);

            var offer = Fake.Offer(Fake.Customer(), number, fate: OfferStatus.Disbursed, at: at, until: end);

            offer.History.Skip(1).ShouldAllBe(transition => transition.At < end);
            ShouldBeConsistent(offer);
        }
    }

    [Fact]
    public void The_same_call_makes_the_same_offer_ids_included()
    {
        Told(Fake.Offer(Fake.Customer(), number: 5, fate: OfferStatus.Disbursed))
            .ShouldBe(Told(Fake.Offer(Fake.Customer(), number: 5, fate: OfferStatus.Disbursed)));
        Told(Fake.Offer(Fake.Customer(), number: 6)).ShouldNotBe(Told(Fake.Offer(Fake.Customer(), number: 5)));
        Told(Fake.Offer(Fake.Customer(), seed: 6)).ShouldNotBe(Told(Fake.Offer(Fake.Customer(), seed: 5)));

        static string Told(LoanOffer offer) =>
            $"{offer.Id} {offer.Customer} {offer.LoanAmount} {offer.AnnualRatePercent} {offer.TermMonths} {offer.UpdatedAt:O} "
            + string.Join(
                ", ",
                offer.History.Select(transition => $"{transition.Id} {transition.To} {transition.At:O} {transition.Comment}")
            );
    }

    private static void ShouldBeConsistent(LoanOffer offer)
    {
        var figures = LoanFigures.Of(
            new LoanTerms(offer.LoanAmount, offer.AnnualRatePercent, offer.TermMonths, Currency.Get(offer.Currency))
        );
        (offer.MonthlyPayment, offer.TotalPayment, offer.TotalInterest).ShouldBe(
            (figures.MonthlyPayment, figures.TotalPayment, figures.TotalInterest)
        );
        offer.History[0].From.ShouldBeNull();
        offer.History[0].At.ShouldBe(offer.CreatedAt);
        foreach (var (earlier, later) in offer.History.Zip(offer.History.Skip(1)))
        {
            later.From.ShouldBe(earlier.To);
            later.At.ShouldBeGreaterThan(earlier.At);
        }
        offer.History[^1].To.ShouldBe(offer.Status);
        offer.UpdatedAt.ShouldBe(offer.History[^1].At);
        offer.History.Where(transition => transition.To == OfferStatus.Rejected).ShouldAllBe(transition => transition.Comment != null);
    }
}
