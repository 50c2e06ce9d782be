using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Comments;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Lending.Loans.Seeding;
using Lending.Seeding;

namespace Lending.Loans.Tests.Seeding;

public sealed class FakeTests
{
    private static readonly UserReference Account = new(new SeedRandom(1, "accounts", 0).Id(DateTimeOffset.UnixEpoch), "ada");

    [Theory]
    [InlineData("EUR")]
    [InlineData("JPY")]
    [InlineData("KWD")]
    public void Terms_are_those_of_green_technology_loans_in_any_currency(string code)
    {
        var currency = Currency.Get(code);
        var terms = Enumerable.Range(0, 5000).Select(number => FakeTerms.Of(currency, new SeedRandom(1, "terms", number))).ToList();

        terms.ShouldAllBe(one => one.Amount >= 4_000 && one.Amount <= 70_000 && currency.HasScale(one.Amount));
        terms.ShouldAllBe(one => one.AnnualRatePercent >= 2.99m && one.AnnualRatePercent <= 8.49m);
        terms.ShouldAllBe(one => one.TermMonths >= 24 && one.TermMonths <= 240 && one.TermMonths % 12 == 0);
        terms.Average(one => one.Amount).ShouldBeInRange(17_000, 24_000);
        terms.Select(one => one.TermMonths).Distinct().Count().ShouldBe(11);
        // Ten years are what most take; what costs much is paid for longer than what costs little.
        terms.GroupBy(one => one.TermMonths).MaxBy(group => group.Count())!.Key.ShouldBe(120);
        terms.Where(one => one.Amount < 7_000).ShouldAllBe(one => one.TermMonths <= 120);
        terms.Where(one => one.Amount > 42_000).ShouldAllBe(one => one.TermMonths >= 84);
        var amounts = terms.Select(one => one.Amount).Order().ToList();
        amounts[terms.Count / 10].ShouldBeInRange(8_000, 12_000);
        amounts[terms.Count / 2].ShouldBeInRange(16_000, 22_000);
        amounts[terms.Count * 9 / 10].ShouldBeInRange(29_000, 38_000);
        // Longer loans bear higher rates.
        terms
            .Where(one => one.TermMonths > 120)
            .Average(one => one.AnnualRatePercent)
            .ShouldBeGreaterThan(terms.Where(one => one.TermMonths < 60).Average(one => one.AnnualRatePercent));
    }

    [Fact]
    public void An_offer_becomes_what_it_was_meant_to_and_its_rows_agree()
    {
        foreach (var fate in Enum.GetValues<OfferStatus>())
        {
            foreach (var number in Enumerable.Range(0, 100))
            {
                var account = number % 2 == 0 ? Account : null;
                var life = Fake.Life(Fake.Customer(number), number, fate: fate, account: account);

                // Who is not answered in time expires; who has no account cannot withdraw.
                life.Offer.Status.ShouldBe(
                    fate switch
                    {
                        OfferStatus.Approved => OfferStatus.Expired,
                        OfferStatus.Withdrawn when number % 2 == 1 => OfferStatus.Disbursed,
                        _ => fate,
                    }
                );
                ShouldBeConsistent(life, account);
            }
        }
    }

    [Fact]
    public void A_products_content_passes_our_own_rules_and_one_has_an_earlier_version_and_one_is_retired()
    {
        foreach (var language in (SeedLocale[])[SeedLocale.De, SeedLocale.En])
        {
            var organization = Fake.Organization with { Language = language, Currency = language == SeedLocale.En ? "USD" : "EUR" };

            var products = FakeProducts.Of(organization, DateTimeOffset.UnixEpoch, new SeedRandom(1, "products", 0)).ToList();

            foreach (var product in products)
            {
                product.CurrentVersion.ShouldBe(product.Versions.Count);
                product.Versions.ShouldAllBe(version =>
                    new ProductRequest.Validator().Validate(ProductRequest.From(product, version.Content)).IsValid
                    && version.Content.Obstacle == null
                );
            }
            products
                .Select(product => (product.CurrentVersion, product.IsPublic, product.Retired))
                .ShouldBe([(1, true, false), (2, false, false), (1, false, true)]);
        }
    }

    [Fact]
    public void Nothing_happens_to_an_offer_after_the_end()
    {
        var seen = new HashSet<OfferStatus>();
        foreach (var number in Enumerable.Range(0, 1000))
        {
            var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
            var end = at.AddDays(number % 70);

            var life = Fake.Life(Fake.Customer(), number, fate: OfferStatus.Disbursed, at: at, until: end);

            ShouldAll(life.Offer.History.Skip(1), transition => transition.At < end);
            (life.Offer.WithdrawalEndedAt < end).ShouldBe(life.Offer.WithdrawalEndsAt < end);
            ShouldBeConsistent(life, account: null);
            seen.Add(life.Offer.Status);
        }
        seen.ShouldBe([OfferStatus.Pending, OfferStatus.Approved, OfferStatus.Accepted, OfferStatus.Disbursed], ignoreOrder: true);
    }

    [Fact]
    public void The_same_call_makes_the_same_offer_ids_included()
    {
        foreach (var fate in Enum.GetValues<OfferStatus>())
        {
            foreach (var number in Enumerable.Range(0, 50))
            {
                Told(Fake.Life(Fake.Customer(), number, fate: fate)).ShouldBe(Told(Fake.Life(Fake.Customer(), number, fate: fate)));
            }
        }
        Told(Fake.Life(Fake.Customer(), number: 6)).ShouldNotBe(Told(Fake.Life(Fake.Customer(), number: 5)));
        Told(Fake.Life(Fake.Customer(), seed: 6)).ShouldNotBe(Told(Fake.Life(Fake.Customer(), seed: 5)));

        static string Told(FakeLife life) =>
            string.Join(
                '\n',
                life.Rows.Select(row =>
                    row switch
                    {
                        LoanOffer offer =>
                            $"{offer.Id} {offer.Acceptance?.Content.Text} {offer.Acceptance?.IpAddress} {OfferContent.Of(offer).DocumentHash} "
                                + string.Join(
                                    ", ",
                                    offer.History.Select(step => $"{step.Id} {step.To} {step.At:O} {step.By} {step.Comment}")
                                )
                                + string.Join(", ", offer.EarlierVersions.Select(version => $"{version.Id} {version.Content.Text}")),
                        OfferView view => $"{view.OfferId} {view.Version} {view.FirstSeenAt:O}",
                        OfferLink link => $"{link.Id} {Convert.ToHexString(link.TokenHash)} {link.UsedAt:O}",
                        OfferComment comment => $"{comment.Id} {comment.Text} {comment.Visibility}",
                        _ => throw new InvalidOperationException($"{row} is not told"),
                    }
                )
            );
    }

    [Fact]
    public void Some_offers_were_changed_after_they_had_been_seen_and_some_have_comments()
    {
        var lives = Enumerable.Range(0, 1000).Select(number => Fake.Life(Fake.Customer(), number, account: Account)).ToList();

        lives.Count(life => life.Offer.EarlierVersions.Count > 0).ShouldBeInRange(20, 70);
        lives.Count(life => life.Rows.OfType<OfferComment>().Any()).ShouldBeInRange(20, 90);
    }

    private static void ShouldBeConsistent(FakeLife life, UserReference? account)
    {
        var offer = life.Offer;
        offer.DocumentHash.ShouldBe(OfferContent.Of(offer).Hash());
        var figures = OfferContent.Of(offer).Quote;
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
        ShouldAll(offer.History, transition => (transition.To == OfferStatus.Rejected) == (transition.Reason != null));
        var views = life.Rows.OfType<OfferView>().ToList();
        // Without an account there is only a link, and links are for approved offers. Nobody pays instalments before the money is there.
        var approval = offer.History.SingleOrDefault(transition => transition.To == OfferStatus.Approved)?.At ?? DateTimeOffset.MaxValue;
        ShouldAll(views, view => account != null || view.FirstSeenAt > approval);
        ShouldAll(
            offer.History.Where(transition => transition.To == OfferStatus.Disbursed),
            transition => DateOnly.FromDateTime(transition.At.UtcDateTime) < offer.FirstDueDate
        );
        offer.EarlierVersions.Select(version => version.Number).ShouldBe(Enumerable.Range(1, offer.Version - 1));
        views.Select(view => view.Version).Distinct().Count().ShouldBe(views.Count);
        ShouldAll(views, view => view.OfferId == offer.Id && view.FirstSeenAt >= offer.CreatedAt && view.Version <= offer.Version);
        ShouldAll(offer.EarlierVersions, version => views.Any(view => view.Version == version.Number));

        var answer = offer.History.SingleOrDefault(transition => transition.To is OfferStatus.Accepted or OfferStatus.Declined);
        (offer.Acceptance is null).ShouldBe(answer?.To != OfferStatus.Accepted);
        if (answer is null)
        {
            return;
        }
        // Nobody answers what they have not seen, nor without an account or a link.
        views.Any(view => view.Version == offer.Version && view.FirstSeenAt < answer.At).ShouldBeTrue();
        answer.At.ShouldBeLessThan(offer.ValidUntil!.Value);
        var link = life.Rows.OfType<OfferLink>().SingleOrDefault();
        (answer.By == OfferLink.Bearer).ShouldBe(link is not null);
        (link?.UsedAt ?? answer.At).ShouldBe(answer.At);
        if (offer.Acceptance is { } acceptance)
        {
            (acceptance.OfferId, acceptance.Version, acceptance.TypedName, acceptance.AcceptedAt, acceptance.OverLink).ShouldBe(
                (offer.Id, offer.Version, offer.Customer.FullName, answer.At, link is not null)
            );
            Convert.ToHexStringLower(acceptance.DocumentHash).ShouldBe(OfferContent.Of(offer).DocumentHash);
        }
    }

    // Shouldly compiles the condition at each call, which takes longer than all the rest.
    private static void ShouldAll<T>(IEnumerable<T> all, Func<T, bool> condition) => all.Where(one => !condition(one)).ShouldBeEmpty();
}
