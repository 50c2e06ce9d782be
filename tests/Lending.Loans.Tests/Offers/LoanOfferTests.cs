using FsCheck;
using FsCheck.Fluent;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class LoanOfferTests
{
    private const int LongestSequence = 4;

    private static readonly UserReference Somebody = new(Unique.Id(), "ingrid");
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<LoanTerms> AnyTerms =
        from currency in Gen.Elements("EUR", "JPY", "KWD")
        from thousandths in Gen.Choose(500_000, 1_000_000_000)
        from millionths in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 100), Gen.Choose(0, 50_000_000))
        from termMonths in Gen.Choose(LoanLimits.MinimumTermMonths, LoanLimits.MaximumTermMonths)
        select Loan(Currency.Get(currency).Round(thousandths / 1_000m), millionths / 1_000_000m, termMonths, currency);

    [Fact]
    public void Every_sequence_of_acts_follows_the_state_machine()
    {
        string[] acts = ["change", "expire", .. Steps.All];
        var sequences = Enumerable
            .Range(0, LongestSequence)
            .Aggregate(
                (IEnumerable<string[]>)
                    [
                        [],
                    ],
                (shorter, _) => shorter.SelectMany(sequence => acts.Select(act => (string[])[.. sequence, act]))
            )
            .ToList();

        sequences.Count.ShouldBe(9 * 9 * 9 * 9);
        foreach (var sequence in sequences)
        {
            Follow(sequence);
        }
    }

    [Fact]
    public void A_change_of_any_terms_leaves_the_offer_with_its_figures() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                AnyTerms.ToArbitrary(),
                terms =>
                {
                    var offer = NewOffer(Loan(1_000, 5, 12, terms.Currency.Code));

                    offer.Change(offer.Customer, OfferPricing.Of(terms), isSeen: false, Somebody, Start.AddMinutes(1)).ShouldBeNull();

                    var figures = OfferPricing.Of(terms).Quote;
                    offer.MonthlyPayment.ShouldBe(figures.MonthlyPayment);
                    offer.TotalPayment.ShouldBe(figures.TotalPayment);
                    offer.TotalInterest.ShouldBe(figures.TotalInterest);
                    offer.AmountOwed.ShouldBe(terms.Amount);
                    offer.TotalPayable.ShouldBe(figures.TotalPayment);
                    offer.AprcPercent.ShouldNotBeNull();
                    offer.Terms.ShouldBe(TermsOf(terms) with { CustomerId = offer.Customer.Id });
                }
            )
        );

    private static void Follow(string[] sequence)
    {
        var offer = NewOffer(Loan(1_000, 5, 12));
        var expected = "PENDING";
        var history = new List<(string?, string)> { (null, "PENDING") };
        var now = Start;
        foreach (var act in sequence)
        {
            now = now.AddMinutes(1);
            var before = (offer.Status, offer.UpdatedAt, offer.TotalPayment);

            var error = Do(offer, act, now);

            if (act == "change" && expected == "PENDING")
            {
                error.ShouldBeNull();
                offer.UpdatedAt.ShouldBe(now);
            }
            else if (Steps.Next(expected, act) is { } next)
            {
                error.ShouldBeNull();
                offer.UpdatedAt.ShouldBe(now);
                history.Add((expected, next));
                expected = next;
            }
            else
            {
                var code = act switch
                {
                    "change" => "offer-not-pending",
                    "expire" => "offer-not-approved",
                    _ => Steps.Refusal(expected, act),
                };
                error.ShouldNotBeNull().Code.ShouldBe(code);
                (offer.Status, offer.UpdatedAt, offer.TotalPayment).ShouldBe(before);
            }
            NameOf(offer.Status).ShouldBe(expected);
        }
        offer.History.Select(transition => (NameOf(transition.From), NameOf(transition.To)!)).ShouldBe(history);
    }

    private static string? NameOf(OfferStatus? status) => status?.ToString().ToUpperInvariant();

    private static Error? Do(LoanOffer offer, string act, DateTimeOffset now) =>
        act switch
        {
            "change" => offer.Change(offer.Customer, OfferPricing.Of(Loan(500 + now.Minute, 5, 12)), isSeen: false, Somebody, now),
            "approve" => offer.Approve(Somebody, null, "UTC", now),
            "reject" => offer.Reject(Somebody, RejectionReason.Other, "no", now),
            "cancel" => offer.Cancel(Somebody, null, now),
            "accept" => offer.Accept(SignatureOf(offer), Somebody, "UTC", now),
            "decline" => offer.Decline(Somebody, null, now),
            "expire" => offer.Expire(now),
            "withdraw" => offer.Withdraw(Somebody, null, "UTC", now),
            "disburse" => offer.Disburse(Somebody, null, "UTC", isEarlyAllowed: true, now),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "No such act."),
        };

    private static Signature SignatureOf(LoanOffer offer) =>
        new()
        {
            TypedName = "Ada Berg",
            Version = offer.Version,
            DocumentHash = OfferContent.Of(offer).DocumentHash,
            OverLink = false,
        };

    private static LoanTerms Loan(decimal amount, decimal annualRatePercent, int termMonths, string currency = "EUR") =>
        new(amount, annualRatePercent, termMonths, Currency.Get(currency))
        {
            PayoutDate = new DateOnly(2026, 11, 20),
            FirstDueDate = new DateOnly(2026, 12, 20),
        };

    private static LoanOffer NewOffer(LoanTerms terms) =>
        LoanOffer.Create(
            new CustomerAsOffered
            {
                Id = Unique.Id(),
                FullName = "Ada Berg",
                Email = "ada@example.org",
            },
            OfferPricing.Of(terms),
            "Solar GmbH",
            Somebody,
            Start
        );

    private static OfferTerms TermsOf(LoanTerms terms) =>
        new()
        {
            CustomerId = null,
            ProductId = null,
            LoanAmount = terms.Amount,
            AnnualRatePercent = terms.AnnualRatePercent,
            TermMonths = terms.TermMonths,
            PayoutDate = terms.PayoutDate,
            FirstDueDate = terms.FirstDueDate,
        };
}
