using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Testing;
using static Lending.Loans.Tests.Amortization.Loans;

namespace Lending.Loans.Tests.Offers;

public sealed class LoanOfferTests
{
    private const int LongestSequence = 5;

    private static readonly UserReference Somebody = new(Unique.Id(), "ingrid");
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    // The whole state machine, written down a second time: what each act leads to, or nothing where it is forbidden.
    private static readonly Dictionary<(OfferStatus, string), OfferStatus> Machine = new()
    {
        [(OfferStatus.Pending, "change")] = OfferStatus.Pending,
        [(OfferStatus.Pending, "approve")] = OfferStatus.Approved,
        [(OfferStatus.Pending, "reject")] = OfferStatus.Rejected,
        [(OfferStatus.Approved, "disburse")] = OfferStatus.Disbursed,
    };

    [Fact]
    public void Every_sequence_of_acts_follows_the_state_machine()
    {
        string[] acts = ["change", .. Steps.All];
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

        sequences.Count.ShouldBe(1024);
        foreach (var sequence in sequences)
        {
            Follow(sequence);
        }
    }

    [Fact]
    public void A_change_of_any_terms_leaves_the_offer_with_its_figures() =>
        ForAll(
            terms =>
            {
                var offer = NewOffer(Loan(1_000, 5, 12, terms.Currency.Code));

                offer.Change(offer.Customer, TermsOf(terms), Start.AddMinutes(1)).ShouldBeNull();

                var figures = LoanFigures.Of(terms);
                offer.MonthlyPayment.ShouldBe(figures.MonthlyPayment);
                offer.TotalPayment.ShouldBe(figures.TotalPayment);
                offer.TotalInterest.ShouldBe(figures.TotalInterest);
                offer.Terms.ShouldBe(TermsOf(terms) with { CustomerId = offer.Customer.Id });
            },
            loans: 200
        );

    private static void Follow(string[] sequence)
    {
        var offer = NewOffer(Loan(1_000, 5, 12));
        var expected = OfferStatus.Pending;
        var history = new List<(OfferStatus?, OfferStatus)> { (null, OfferStatus.Pending) };
        var now = Start;
        foreach (var act in sequence)
        {
            now = now.AddMinutes(1);
            var before = (offer.Status, offer.UpdatedAt, offer.TotalPayment);

            var error = Do(offer, act, now);

            if (Machine.TryGetValue((expected, act), out var next))
            {
                error.ShouldBeNull();
                offer.UpdatedAt.ShouldBe(now);
                if (act != "change")
                {
                    history.Add((expected, next));
                }
                expected = next;
            }
            else
            {
                error.ShouldBe(act == "disburse" ? OfferErrors.NotApproved : OfferErrors.NotPending);
                (offer.Status, offer.UpdatedAt, offer.TotalPayment).ShouldBe(before);
            }
            offer.Status.ShouldBe(expected);
        }
        offer.History.Select(transition => (transition.From, transition.To)).ShouldBe(history);
    }

    private static Error? Do(LoanOffer offer, string act, DateTimeOffset now) =>
        act switch
        {
            "change" => offer.Change(offer.Customer, TermsOf(Loan(500 + now.Minute, 5, 12)), now),
            "approve" => offer.Approve(Somebody, null, now),
            "reject" => offer.Reject(Somebody, "no", now),
            _ => offer.Disburse(Somebody, null, now),
        };

    private static LoanOffer NewOffer(LoanTerms terms) =>
        LoanOffer.Create(
            new OfferCustomer
            {
                Id = Unique.Id(),
                FullName = "Ada Berg",
                Email = "ada@example.org",
            },
            terms,
            "UTC",
            Somebody,
            Start
        );

    private static OfferTerms TermsOf(LoanTerms terms) =>
        new()
        {
            LoanAmount = terms.Amount,
            AnnualRatePercent = terms.AnnualRatePercent,
            TermMonths = terms.TermMonths,
        };
}
