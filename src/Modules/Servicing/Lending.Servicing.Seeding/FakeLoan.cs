using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Seeding;
using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Seeding;

/// <summary>How a borrower pays.</summary>
internal enum FakeFate
{
    /// <summary>Each instalment on its day, some of them a bit before.</summary>
    OnTime,

    /// <summary>Instalments come up to four weeks late at times.</summary>
    Late,

    /// <summary>The latest instalments are not paid.</summary>
    Behind,

    /// <summary>The bank takes a payment back, and it is paid again, with the bank's fee.</summary>
    Returned,

    /// <summary>Everything is paid off early.</summary>
    Settled,

    /// <summary>The borrower stops paying, and as soon as the law allows it, the loan is called due.</summary>
    CalledDue,
}

/// <summary>What happens to a made-up loan from its payout to a day, by the events that the API records; nothing is known of the time after it.</summary>
internal sealed class FakeLoan
{
    private const decimal ReturnFee = 3;
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(2);
    private static readonly TimeOnly RecordedAt = new(9, 0);

    private readonly UserReference by;
    private readonly DateOnly last;
    private readonly SeedRandom random;
    private readonly LoanContract contract;
    private readonly List<LoanEventRow> events = [];

    /// <summary>A loan with its whole life.</summary>
    /// <param name="offer">What was accepted and paid out.</param>
    /// <param name="fate">How its borrower pays.</param>
    /// <param name="by">Who records it.</param>
    /// <param name="last">The last day of which something is known; not before the payout.</param>
    /// <param name="seed">Another number makes another life.</param>
    public FakeLoan(AcceptedOffer offer, FakeFate fate, UserReference by, DateOnly last, int seed)
    {
        (this.by, this.last) = (by, last);
        random = RandomOf(seed, offer);
        var openedAt = offer.AcceptedAt + Opening;
        Account = LoanAccount.Open(offer, openedAt, random.Id(openedAt));
        contract = Account.ReadContract();
        Live(fate, offer.DisbursedOn!.Value, offer.AmountOwed);
        var (entries, state) = new FakePosting(Account, contract, events, random).PostUntil(last);
        State = state;
        Standing = new LoanStanding(Account);
        Standing.MoveTo(state);
        Rows = [Account, Standing, .. events, .. entries];
    }

    public LoanAccount Account { get; }

    public LoanStanding Standing { get; }

    /// <summary>The state at the end of the last day.</summary>
    public LoanState State { get; }

    public IReadOnlyList<LoanEventRow> Events => events;

    /// <summary>All its rows, those first that others refer to.</summary>
    public IReadOnlyList<object> Rows { get; }

    /// <summary>The key of the account of an offer, for who needs nothing else of it.</summary>
    public static Guid IdOf(AcceptedOffer offer, int seed) => RandomOf(seed, offer).Id(offer.AcceptedAt + Opening);

    /// <summary>The chance of the account of an offer; which other offers have one does not matter.</summary>
    public static SeedRandom RandomOf(int seed, AcceptedOffer offer, string kind = "loan accounts") =>
        new(seed, kind, BitConverter.ToInt64(offer.OfferId.ToByteArray(bigEndian: true), 8));

    private void Live(FakeFate fate, DateOnly paidOutOn, decimal amount)
    {
        // Loans tells of the payout, and nobody records it by hand.
        Record(EventDocument.Tranche, paidOutOn, amount, recordedBy: UserReference.System);
        var plan = At(paidOutOn)
            .Schedule.Where(instalment => instalment.DueOn <= last)
            .Select(instalment => new Due(instalment.DueOn, instalment.Due))
            .ToList();
        switch (fate)
        {
            case FakeFate.Behind:
                PayAround(plan[..Math.Max(0, plan.Count - random.Number(1, 4))]);
                break;
            case FakeFate.Late:
                plan.ForEach(PayLate);
                break;
            case FakeFate.Returned when plan.Count > 1:
                var returned = random.Number(0, plan.Count - 2);
                PayAround(plan[..returned]);
                PayTwice(plan[returned]);
                PayAround(plan[(returned + 1)..]);
                break;
            case FakeFate.Settled when plan.Count > 1:
                var paid = random.Number(1, plan.Count - 1);
                PayAround(plan[..paid]);
                PayOff(plan[paid - 1].On.AddDays(random.Number(2, 20)));
                break;
            case FakeFate.CalledDue:
                var kept = Math.Min(random.Number(0, 3), plan.Count);
                PayAround(plan[..kept]);
                CallDue(plan[kept..]);
                break;
            default:
                PayAround(plan);
                break;
        }
    }

    private void PayAround(List<Due> plan)
    {
        foreach (var due in plan)
        {
            Record(EventDocument.Payment, random.Chance(10) ? due.On.AddDays(-random.Number(1, 3)) : due.On, due.Amount);
        }
    }

    private void PayLate(Due due)
    {
        var on = random.Chance(40) ? due.On.AddDays(random.Number(2, 27)) : due.On;
        if (on <= last)
        {
            Record(EventDocument.Payment, on, due.Amount);
        }
    }

    private void PayTwice(Due due)
    {
        var payment = Record(EventDocument.Payment, due.On, due.Amount);
        var backOn = due.On.AddDays(random.Number(2, 4));
        if (backOn > last)
        {
            return;
        }
        Record(EventDocument.BankReturn, backOn, due.Amount, of: payment.Id);
        Record(EventDocument.Fee, backOn, ReturnFee);
        var againOn = backOn.AddDays(random.Number(5, 14));
        if (againOn <= last)
        {
            Record(EventDocument.Payment, againOn, due.Amount + ReturnFee);
        }
    }

    private void PayOff(DateOnly day)
    {
        var on = day <= last ? day : last;
        var payoff = LoanReplay.PayoffOn(contract, Happened(), on, BaseRates.Germany).Total;
        Record(EventDocument.Payment, on, payoff, isPayoff: true);
    }

    // As soon as it is allowed: late enough, a notice, two weeks.
    private void CallDue(List<Due> unpaid)
    {
        foreach (var due in unpaid.Skip(1))
        {
            var noticeOn = due.On.AddDays(5);
            if (noticeOn > last)
            {
                return;
            }
            if (CallingDue.AllowsNotice(contract, At(noticeOn)))
            {
                Record(EventDocument.Notice, noticeOn, talkOfferedOn: noticeOn.AddDays(-3));
                var calledOn = CallingDue.AllowedFrom(noticeOn).AddDays(random.Number(0, 7));
                if (calledOn <= last)
                {
                    Record(EventDocument.CallDue, calledOn);
                }
                return;
            }
        }
    }

    private LoanState At(DateOnly day) => LoanReplay.At(contract, Happened(), day, BaseRates.Germany);

    private List<LoanEvent> Happened() => events.ConvertAll(row => row.ToEvent());

    private LoanEventRow Record(
        string type,
        DateOnly on,
        decimal amount = 0,
        Guid? of = null,
        bool isPayoff = false,
        DateOnly? talkOfferedOn = null,
        UserReference? recordedBy = null
    )
    {
        var document = new EventDocument
        {
            Type = type,
            On = on,
            Amount = amount.WithoutTrailingZeros(),
            Of = of?.ToString(),
            IsPayoff = isPayoff,
            TalkOfferedOn = talkOfferedOn,
        };
        // Those of a day one after the other, in the order of their numbers.
        var at = new DateTimeOffset(on, RecordedAt, TimeSpan.Zero).AddMinutes(events.Count(row => row.EffectiveOn == on));
        var row = LoanEventRow.Of(random.Id(at), Account.Id, events.Count + 1, document, recordedBy ?? by, at);
        events.Add(row);
        return row;
    }

    private sealed record Due(DateOnly On, decimal Amount);
}
