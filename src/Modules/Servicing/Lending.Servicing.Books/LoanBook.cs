namespace Lending.Servicing.Books;

/// <summary>
/// One loan while its life is replayed, day by day. What runs by itself is in LoanBook.Time.cs, what is booked in LoanBook.Booking.cs, what money does in
/// LoanBook.Payments.cs, in which order it pays in LoanBook.Allocation.cs, what is open in LoanBook.Open.cs, what shrinks or is earned with the term in LoanBook.Costs.cs, the plan in LoanBook.Plan.cs and LoanBook.Changes.cs.
/// </summary>
internal sealed partial class LoanBook
{
    private readonly LoanContract _contract;
    private readonly DateOnly _asOf;
    private readonly BaseRates _baseRates;
    private readonly Rounding _rounding;
    private readonly LoanEvent[] _events;
    private readonly HashSet<Guid> _active;
    private readonly ILookup<Guid, PaymentReturned> _returns;
    private readonly List<LoanEvent> _applied = [];
    private readonly List<Instalment> _instalments = [];
    private readonly List<Claim> _charges = [];
    private readonly List<ScheduleVersion> _versions = [];
    private readonly List<EventAllocation> _allocations = [];
    private readonly List<EventProblem> _problems = [];
    private readonly Claim _defaultInterest;
    private readonly Journal _journal = new();
    private readonly Accrual _defaultAccrual;
    private Accrual _accrual;
    private decimal _rate;
    private DateOnly _day;
    private decimal _disbursed;
    private decimal _principal;
    private decimal _credit;
    private decimal _ahead;
    private Surplus _aheadRule;
    private decimal _bookedInterest;
    private decimal _bookedDefaultInterest;
    private bool _payoffFellShort;
    private bool _isCalledDue;
    private bool _isWithdrawn;
    private DateOnly? _noticeServedOn;
    private bool _isWrittenOff;
    private bool _isProjecting;
    private DateOnly? _baseRateMissingFrom;

    private readonly Dictionary<Guid, (decimal ToCome, decimal Whole)> _interestAtPayoffs;

    public LoanBook(
        LoanContract contract,
        IReadOnlyList<LoanEvent> events,
        DateOnly asOf,
        BaseRates baseRates,
        Dictionary<Guid, (decimal ToCome, decimal Whole)>? interestAtPayoffs = null
    )
    {
        _interestAtPayoffs = interestAtPayoffs ?? [];
        _contract = contract;
        _asOf = asOf;
        _baseRates = baseRates;
        _rounding = new(contract.Currency, contract.RoundingMode);
        _rate = contract.AnnualRatePercent;
        _accrual = new(contract.InterestRounding, _rounding);
        // Default interest is one sum over the whole life: rounding it for each instalment would drift.
        _defaultAccrual = new(InterestRounding.Cumulative, _rounding);
        _defaultInterest = new(ClaimKind.DefaultInterest, DateOnly.MinValue, 0);
        _active = Active(events);
        // A payoff that the bank took back on its day paid nothing off: it comes with the other payments, before what takes it back.
        var takenBack = events
            .OfType<PaymentReturned>()
            .Where(returned => _active.Contains(returned.Id))
            .Select(returned => (returned.PaymentId, returned.EffectiveOn))
            .ToHashSet();
        _events =
        [
            .. events
                .Where(happened => happened is not EventReversed && happened.EffectiveOn <= asOf && _active.Contains(happened.Id))
                // Never by the time of recording: the same events give the same books in whatever order they came.
                .OrderBy(happened => happened.EffectiveOn)
                .ThenBy(happened =>
                    takenBack.Contains((happened.Id, happened.EffectiveOn)) ? PaymentReceived.UsualOrderInDay : happened.OrderInDay
                )
                .ThenBy(happened => happened.AmountForOrder)
                .ThenBy(happened => happened.Id),
        ];
        _returns = _events.OfType<PaymentReturned>().ToLookup(returned => returned.PaymentId);
        _problems.AddRange(ReversalProblems(events));
    }

    private bool IsStarted => _disbursed > 0;

    private decimal Zero => _contract.Currency.Zero;

    public void Run()
    {
        foreach (var happened in _events)
        {
            if (IsStarted)
            {
                AdvanceTo(happened.EffectiveOn);
            }
            else
            {
                _day = happened.EffectiveOn;
            }

            Apply(happened);
            _applied.Add(happened);
        }

        if (IsStarted)
        {
            AdvanceTo(_asOf);
        }
        else
        {
            _day = _asOf;
        }
    }

    private static string KeyOf(LoanEvent happened) => JournalEntry.KeyOf(happened.Id);

    // An event holds unless a reversal that holds itself names it.
    private static HashSet<Guid> Active(IReadOnlyList<LoanEvent> events)
    {
        var reversedBy = events.OfType<EventReversed>().ToLookup(reversal => reversal.ReversedId, reversal => reversal.Id);
        var active = new Dictionary<Guid, bool>();
        return [.. events.Where(happened => IsActive(happened.Id)).Select(happened => happened.Id)];

        bool IsActive(Guid id)
        {
            if (!active.TryGetValue(id, out var known))
            {
                // Two that reverse each other cannot be recorded; until this is known, an event does not hold.
                active[id] = false;
                active[id] = known = !reversedBy[id].Any(IsActive);
            }

            return known;
        }
    }

    private IEnumerable<EventProblem> ReversalProblems(IReadOnlyList<LoanEvent> events)
    {
        var ids = events.Select(happened => happened.Id).ToHashSet();
        return events
            .OfType<EventReversed>()
            .Where(reversal => _active.Contains(reversal.Id) && !ids.Contains(reversal.ReversedId))
            .Select(reversal => new EventProblem(reversal.Id, "unknown-event"));
    }

    private void Apply(LoanEvent happened)
    {
        if (!IsStarted && happened is not Disbursed)
        {
            _problems.Add(new(happened.Id, "not-disbursed"));
            return;
        }

        _settled = happened is PaymentReceived or ExtraRepayment ? _settled : 0;
        switch (happened)
        {
            case Disbursed disbursed:
                Disburse(disbursed);
                break;
            case PaymentReceived payment:
                Receive(payment);
                break;
            case ExtraRepayment repayment:
                Receive(repayment);
                break;
            case Charged charged:
                Charge(charged);
                break;
            case PaymentReturned returned:
                Return(returned);
                break;
            case CreditRefunded refunded:
                Refund(refunded);
                break;
            case Waived waived:
                Waive(waived);
                break;
            case Rescheduled rescheduled:
                Reschedule(rescheduled);
                break;
            case ReAged reAged:
                ReAge(reAged);
                break;
            case ReAmortised reAmortised:
                ReAmortise(reAmortised);
                break;
            case Withdrawn withdrawn:
                Withdraw(withdrawn);
                break;
            case NoticeServed notice:
                _noticeServedOn = notice.EffectiveOn;
                break;
            case CalledDue calledDue:
                CallDue(calledDue);
                break;
            case WrittenOff writtenOff:
                WriteOff(writtenOff);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event.");
        }

        // A payment says itself what becomes of what it leaves over; other events may make due what a credit pays, but for a write-off.
        if (happened is not (PaymentReceived or ExtraRepayment or WrittenOff))
        {
            ApplyCredit(KeyOf(happened));
        }

        EarnDealerFee();
    }
}
