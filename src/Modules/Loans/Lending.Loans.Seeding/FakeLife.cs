using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Comments;
using Lending.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>What happens to a made-up offer, step by step, by the transitions that the API uses; nothing happens after the end.</summary>
internal sealed class FakeLife
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SeededOrganization organization;
    private readonly UserReference? account;
    private readonly DateTimeOffset end;
    private readonly SeedRandom random;
    private readonly List<object> others = [];
    private DateTimeOffset now;

    /// <summary>An offer that has just been made.</summary>
    /// <param name="customer">Whom the offer is made to.</param>
    /// <param name="account">The customer's account; null where they have none yet that they could log in with, and get a link.</param>
    /// <param name="organization">Who makes it.</param>
    /// <param name="at">When it is made.</param>
    /// <param name="end">When everything ends.</param>
    /// <param name="random">Chance.</param>
    public FakeLife(
        CustomerAsOffered customer,
        UserReference? account,
        SeededOrganization organization,
        DateTimeOffset at,
        DateTimeOffset end,
        SeedRandom random
    )
    {
        this.account = account;
        this.organization = organization;
        this.end = end;
        this.random = random;
        now = at;
        // When the installation is done: nobody pays instalments for what is not disbursed yet.
        var payout = LocalDay.Of(at, organization.TimeZone).AddDays(random.Number(75, 110));
        var terms = FakeTerms.Of(Currency.Get(organization.Currency), random) with
        {
            PayoutDate = payout,
            FirstDueDate = payout.AddMonths(1),
        };
        Offer = LoanOffer.Create(
            customer,
            OfferPricing.Of(terms),
            organization.Name,
            random.Pick(organization.Installers),
            at,
            random.Id(at)
        );
    }

    public LoanOffer Offer { get; }

    /// <summary>The offer and the rows that belong to it and that it does not hold itself.</summary>
    public IEnumerable<object> Rows => others.Prepend(Offer);

    /// <summary>Lets happen what leads to this state, as far as there is time.</summary>
    public FakeLife Live(OfferStatus fate)
    {
        Begin(fate);
        FixedKeys.Set(Offer, random);
        return this;
    }

    private void Begin(OfferStatus fate)
    {
        if (random.Chance(4) && Wait(Hour, 48 * Hour))
        {
            ChangeTerms();
        }
        if (random.Chance(5) && Wait(Hour, 4 * Hour))
        {
            Comment();
        }
        if (fate == OfferStatus.Pending || !Wait(Hour, 14 * 24 * Hour))
        {
            return;
        }
        if (fate == OfferStatus.Rejected)
        {
            var (reason, german, english) = random.Pick(FakeTexts.Rejections);
            Do(Offer.Reject(Decider(), reason, organization.Say(german, english), now));
            return;
        }
        if (fate == OfferStatus.Cancelled && random.Chance(70))
        {
            Do(Offer.Cancel(random.Pick(organization.Installers), Sometimes(FakeTexts.Cancellations), now));
            return;
        }
        Do(Offer.Approve(Decider(), Sometimes(FakeTexts.Approvals), organization.TimeZone, now));
        Answer(fate);
    }

    private void Answer(OfferStatus fate)
    {
        var answers = fate is not (OfferStatus.Approved or OfferStatus.Expired);
        if (answers && Wait(2 * Hour, 25 * 24 * Hour))
        {
            switch (fate)
            {
                case OfferStatus.Cancelled:
                    Do(Offer.Cancel(random.Pick(organization.Installers), Sometimes(FakeTexts.Cancellations), now));
                    break;
                case OfferStatus.Declined:
                    Do(Offer.Decline(Customer(), Sometimes(FakeTexts.Refusals), now));
                    break;
                default:
                    Accept(fate);
                    break;
            }
        }
        else if (!answers && Offer.ValidUntil < end)
        {
            // The job that looks for it does so each minute.
            Do(Offer.Expire(random.Moment(Offer.ValidUntil.Value, TimeSpan.FromMinutes(1))));
        }
    }

    private void Accept(OfferStatus fate)
    {
        var by = Customer();
        var signature = new Signature
        {
            TypedName = Offer.Customer.FullName,
            Version = Offer.Version,
            DocumentHash = OfferContent.Of(Offer).DocumentHash,
            OverLink = by == OfferLink.Bearer,
            // Addresses that are kept for documentation (RFC 5737): nobody has them.
            IpAddress = $"203.0.113.{random.Number(1, 254)}",
            UserAgent = random.Pick(FakeTexts.UserAgents),
        };
        Do(Offer.Accept(signature, by, organization.TimeZone, now));
        // Only with an account can a customer take it back; the others keep it.
        if (fate == OfferStatus.Withdrawn && account is not null)
        {
            if (Wait(24 * Hour, 13 * 24 * Hour))
            {
                Do(Offer.Withdraw(account, Sometimes(FakeTexts.Withdrawals), organization.TimeZone, now));
            }
            return;
        }
        if (Offer.WithdrawalEndsAt >= end)
        {
            return;
        }
        now = random.Moment(Offer.WithdrawalEndsAt!.Value, TimeSpan.FromMinutes(1));
        Offer.EndWithdrawalPeriod(now);
        if (fate != OfferStatus.Accepted && Wait(Hour, 20 * 24 * Hour))
        {
            Do(Offer.Disburse(organization.Administrator, null, organization.TimeZone, isEarlyAllowed: false, now));
        }
    }

    // The customer looked, if they could, and got another amount.
    private void ChangeTerms()
    {
        if (account is not null)
        {
            See(now - Hour / 2);
        }
        var currency = Currency.Get(Offer.Currency);
        var amount = currency.Round(Offer.LoanAmount * random.Number(80, 95) / 100);
        var terms = new LoanTerms(amount, Offer.AnnualRatePercent, Offer.TermMonths, currency)
        {
            PayoutDate = Offer.PayoutDate,
            FirstDueDate = Offer.FirstDueDate,
        };
        Do(Offer.Change(Offer.Customer, OfferPricing.Of(terms), isSeen: account is not null, random.Pick(organization.Installers), now));
    }

    private void Comment()
    {
        var visibility = random.Chance(50) ? CommentVisibility.Internal : CommentVisibility.Customer;
        var comment = new OfferComment(
            Offer.Id,
            Offer.Customer.Id,
            Say(FakeTexts.Comments),
            visibility,
            random.Pick(organization.Installers),
            now
        );
        FixedKeys.Set(comment, random.Id(now));
        others.Add(comment);
    }

    // Who answers for the customer: they themselves, or who opened the link that was sent to them.
    private UserReference Customer()
    {
        See(now - TimeSpan.FromMinutes(random.Number(1, 30)));
        if (account is not null)
        {
            return account;
        }
        var link = new OfferLink(
            Offer,
            Offer.Customer.Email,
            $"fake {random.Next()} {random.Next()}",
            random.Pick(organization.Installers),
            now - Hour
        );
        link.Use(now);
        FixedKeys.Set(link, random.Id(link.CreatedAt));
        others.Add(link);
        return OfferLink.Bearer;
    }

    private void See(DateTimeOffset at)
    {
        others.Add(FixedKeys.NewView(Offer, at));
    }

    private UserReference Decider() =>
        organization.Underwriters.Count > 0 && random.Chance(20)
            ? random.Pick(organization.Underwriters)
            : random.Pick(organization.Installers);

    // False where the end comes first.
    private bool Wait(TimeSpan least, TimeSpan most)
    {
        now += random.Between(least, most);
        return now < end;
    }

    private string? Sometimes((string German, string English)[] texts) => random.Chance(30) ? Say(texts) : null;

    private string Say((string German, string English)[] texts)
    {
        var (german, english) = random.Pick(texts);
        return organization.Say(german, english);
    }

    // What the API would refuse is no life.
    private static void Do(Error? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.Message);
        }
    }
}
