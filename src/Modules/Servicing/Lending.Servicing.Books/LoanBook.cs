using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>
/// One loan while its life is replayed, day by day: interest runs, instalments become due, events happen. What a payment does is in
/// LoanBook.Payments.cs, what changes the plan in LoanBook.Plan.cs.
/// </summary>
internal sealed partial class LoanBook
{
    private readonly LoanContract _contract;
    private readonly DateOnly _asOf;
    private readonly BaseRates _baseRates;
    private readonly Rounding _rounding;
    private readonly LoanEvent[] _events;
    private readonly HashSet<Guid> _active;
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
        _problems.AddRange(ReversalProblems(events));
    }

    private bool IsStarted => _disbursed > 0;

    private IEnumerable<Instalment> ToCome => _instalments.Where(instalment => !instalment.IsDue);

    private Instalment? Current => _instalments.Find(instalment => !instalment.IsDue);

    private decimal OverduePrincipal => _instalments.Sum(instalment => instalment.IsDue ? instalment.Principal.Open : 0);

    /// <summary>Principal that is neither repaid nor due.</summary>
    private decimal PrincipalToCome => _principal - OverduePrincipal;

    /// <summary>Whether instalments to come have interest, or will have.</summary>
    private bool BearsInterest => _rate != 0 || ToCome.Any(instalment => instalment.Interest.Amount != 0);

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

    private static string KeyOf(LoanEvent happened) => $"event:{happened.Id}";

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
            case CalledDue calledDue:
                CallDue(calledDue);
                break;
            case WrittenOff writtenOff:
                WriteOff(writtenOff);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event.");
        }

        // A payment says itself what becomes of what it leaves over; other events may make due what a credit pays.
        if (happened is not (PaymentReceived or ExtraRepayment))
        {
            ApplyCredit(KeyOf(happened));
        }
    }

    private void AdvanceTo(DateOnly day)
    {
        while (NextStop() is { } stop && stop <= day)
        {
            Accrue(stop);
            while (Current is { } current && current.DueOn <= stop)
            {
                BecomeDue(current);
            }

            foreach (var charge in _charges.Where(charge => charge.UnbookedKey is not null && charge.DueOn <= stop))
            {
                Book(charge);
            }

            if (stop.AddDays(1).Day == 1)
            {
                BookInterest();
                BookDefaultInterest();
            }

            ApplyCredit($"credit:{stop:yyyy-MM-dd}");
        }

        Accrue(day);
    }

    // The next day after which balances or books change by themselves.
    private DateOnly? NextStop()
    {
        var due = Current?.DueOn;
        var charge = _charges
            .Where(candidate => candidate.UnbookedKey is not null || (candidate.Open > 0 && candidate.DueOn > _day))
            .Select(candidate => (DateOnly?)candidate.DueOn)
            .Min();
        // Interest may have run that is due later, when all principal is repaid already.
        var isQuiet = _principal == 0 && Owed == 0 && _accrual.Amount == _bookedInterest;
        DateOnly? monthEnd = _isProjecting || isQuiet ? null : MonthEndAfter(_day);
        return new[] { due, charge, monthEnd }.Min();
    }

    private static DateOnly MonthEndAfter(DateOnly day)
    {
        var end = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
        return end > day ? end : end.AddDays(1).AddMonths(1).AddDays(-1);
    }

    /// <summary>Interest runs to the end of a day.</summary>
    private void Accrue(DateOnly to)
    {
        if (to <= _day)
        {
            return;
        }

        var overduePrincipal = OverduePrincipal;
        if (Current is { } current)
        {
            // What is overdue is taken as paid on the day of the report, when the plan to come is drawn.
            var bearing = _contract.OverdueBearsContractInterest && !_isProjecting ? _principal : _principal - overduePrincipal;
            if (current.IsFixed)
            {
                var days = current.DueOn.DayNumber - current.From.DayNumber;
                _accrual.AddKnown(days == 0 ? 0 : current.Interest.Amount * (to.DayNumber - _day.DayNumber) / days);
            }
            else
            {
                _accrual.Add(new(bearing, _rate, to.DayNumber - _day.DayNumber, current.Years(_contract.DayCount, _day, to)));
            }
        }

        if (_contract.DefaultInterest is { } rule && !_isProjecting)
        {
            AccrueDefaultInterest(rule, to);
        }

        _day = to;
    }

    private void AccrueDefaultInterest(DefaultInterestRule rule, DateOnly to)
    {
        var overdue = _instalments.Sum(instalment => instalment.IsDue ? instalment.OverdueOn(_day) : 0);
        if (overdue == 0)
        {
            return;
        }

        if (!rule.IsAboveBaseRate)
        {
            AddDefaultInterest(_day, to, rule.Percent);
        }
        else
        {
            var known = _day;
            foreach (var (after, end, percent) in _baseRates.Between(_day, to))
            {
                AddDefaultInterest(after, end, percent + rule.Percent);
                known = end;
            }

            if (known < to)
            {
                _baseRateMissingFrom ??= known.AddDays(1);
            }
        }

        _defaultInterest.Amount = _defaultAccrual.Amount;

        void AddDefaultInterest(DateOnly after, DateOnly end, decimal percent) =>
            _defaultAccrual.Add(new(overdue, percent, end.DayNumber - after.DayNumber, rule.DayCount.YearFraction(after, end).Value));
    }

    /// <summary>The due date of an instalment has come: its interest is what has run, and the rest of it repays.</summary>
    private void BecomeDue(Instalment instalment)
    {
        if (!instalment.IsFixed)
        {
            var isLast = _instalments[^1] == instalment;
            var available = PrincipalToCome + _ahead;
            var interest = _accrual.Amount;
            var planned = instalment.IsPrincipalFree ? 0 : Math.Max(0, instalment.Level - interest) + instalment.AddedPrincipal;
            var principal = isLast ? available : Math.Min(planned, available);
            var isTooMuchAhead = _ahead > principal && _aheadRule != Surplus.Next;
            principal = isTooMuchAhead ? _ahead : principal;
            var paid = Math.Min(_ahead, principal);
            _ahead -= paid;
            instalment.Interest.Amount = interest + Zero;
            instalment.Principal.Amount = principal + Zero;
            instalment.Principal.Paid = paid;
            instalment.Principal.PaidEarly = paid;
            instalment.IsDue = true;
            StartPeriod(instalment, interest);
            if (isTooMuchAhead && _aheadRule == Surplus.Smaller)
            {
                Level();
            }
        }
        else
        {
            instalment.IsDue = true;
            StartPeriod(instalment, instalment.Interest.Amount);
        }

        if (_contract.MonthlyFee > 0 && !instalment.IsDownPayment && instalment.Total > 0)
        {
            AddCharge(new Claim(ClaimKind.Fee, instalment.DueOn, _contract.MonthlyFee), $"fee:{instalment.DueOn:yyyy-MM-dd}");
        }

        if (_principal == OverduePrincipal && _ahead == 0)
        {
            RemoveInstalments(ToCome.Where(later => later.Principal.Paid == 0 && later.Principal.Amount == 0));
        }
    }

    /// <summary>Charges outlive the instalment with which they are paid.</summary>
    private void RemoveInstalments(IEnumerable<Instalment> instalments)
    {
        var removed = instalments.ToHashSet();
        _instalments.RemoveAll(removed.Contains);
        foreach (var charge in removed.SelectMany(instalment => instalment.Charges))
        {
            PlaceOf(charge.DueOn).Charges.Add(charge);
        }
    }

    private void StartPeriod(Instalment due, decimal interest)
    {
        BookInterestDue(due.DueOn, interest);
        _accrual = new(_contract.InterestRounding, _rounding);
        if (Current is { } next)
        {
            next.From = due.DueOn;
        }
    }

    private void BookInterestDue(DateOnly on, decimal interest)
    {
        var isWithoutBooking = _isProjecting || _isWrittenOff || (interest == 0 && _bookedInterest == 0);
        if (!isWithoutBooking)
        {
            Post(
                $"due:{on:yyyy-MM-dd}",
                on,
                (LedgerAccount.InterestDue, interest),
                (LedgerAccount.InterestEarned, -_bookedInterest),
                (LedgerAccount.InterestIncome, _bookedInterest - interest)
            );
        }

        _bookedInterest = 0;
    }

    private void BookInterest()
    {
        var amount = _accrual.Amount - _bookedInterest;
        if (amount == 0 || _isProjecting || _isWrittenOff)
        {
            return;
        }

        Post($"interest:{_day:yyyy-MM-dd}", _day, (LedgerAccount.InterestEarned, amount), (LedgerAccount.InterestIncome, -amount));
        _bookedInterest += amount;
    }

    private void BookDefaultInterest()
    {
        var amount = _defaultInterest.Amount - _bookedDefaultInterest;
        if (amount == 0 || _isProjecting)
        {
            return;
        }

        _bookedDefaultInterest += amount;
        if (!_isWrittenOff)
        {
            Post(
                $"default-interest:{_day:yyyy-MM-dd}",
                _day,
                (LedgerAccount.DefaultInterest, amount),
                (LedgerAccount.DefaultInterestIncome, -amount)
            );
        }
    }

    private void AddCharge(Claim charge, string key)
    {
        charge.UnbookedKey = key;
        _charges.Add(charge);
        if (charge.Kind is ClaimKind.Fee or ClaimKind.Penalty)
        {
            PlaceOf(charge.DueOn).Charges.Add(charge);
        }

        if (charge.DueOn <= _day)
        {
            Book(charge);
        }
    }

    private Instalment PlaceOf(DateOnly day) => _instalments.Find(instalment => instalment.DueOn >= day) ?? _instalments[^1];

    /// <summary>A charge becomes income on its due date, or when it is paid before.</summary>
    private void Book(Claim charge)
    {
        if (charge.UnbookedKey is not { } key)
        {
            return;
        }

        charge.UnbookedKey = null;
        if (_isProjecting || _isWrittenOff)
        {
            return;
        }

        var income = charge.Kind switch
        {
            ClaimKind.EnforcementCosts => LedgerAccount.EnforcementExpense,
            ClaimKind.DefaultInterest => LedgerAccount.DefaultInterestIncome,
            _ => LedgerAccount.FeeIncome,
        };
        Post(key, _day, (AccountOf(charge.Kind), charge.Amount), (income, -charge.Amount));
    }

    private static LedgerAccount AccountOf(ClaimKind kind) =>
        kind switch
        {
            ClaimKind.EnforcementCosts => LedgerAccount.EnforcementCosts,
            ClaimKind.DefaultInterest => LedgerAccount.DefaultInterest,
            ClaimKind.Penalty => LedgerAccount.PenaltiesDue,
            ClaimKind.Fee => LedgerAccount.FeesDue,
            ClaimKind.Interest => LedgerAccount.InterestDue,
            _ => LedgerAccount.Principal,
        };

    private void Post(string key, DateOnly on, params ReadOnlySpan<(LedgerAccount Account, decimal Amount)> lines)
    {
        foreach (var (account, amount) in lines)
        {
            var isReceivable = account is >= LedgerAccount.Principal and <= LedgerAccount.DefaultInterest;
            // What was written off is on no account any more: what is owed more is lost at once, what comes in is a recovery.
            var target =
                !_isWrittenOff || !isReceivable ? account
                : amount > 0 ? LedgerAccount.Loss
                : LedgerAccount.Recoveries;
            _journal.Add(key, on, target, amount);
        }
    }

    /// <summary>Entries under way: one line for each account of a key and a day.</summary>
    private sealed class Journal
    {
        private readonly Dictionary<(string Key, DateOnly On), int> _places = [];
        private readonly List<(string Key, DateOnly On, SortedDictionary<LedgerAccount, decimal> Lines)> _entries = [];

        public void Add(string key, DateOnly on, LedgerAccount account, decimal amount)
        {
            if (!_places.TryGetValue((key, on), out var place))
            {
                _places[(key, on)] = place = _entries.Count;
                _entries.Add((key, on, []));
            }

            var lines = _entries[place].Lines;
            lines[account] = lines.GetValueOrDefault(account) + amount;
        }

        public decimal Balance(LedgerAccount account) => _entries.Sum(entry => entry.Lines.GetValueOrDefault(account));

        public IReadOnlyList<JournalEntry> Entries() =>
            [
                .. _entries
                    .Select(entry => new JournalEntry(
                        entry.Key,
                        entry.On,
                        [.. entry.Lines.Where(line => line.Value != 0).Select(line => new EntryLine(line.Key, line.Value))]
                    ))
                    .Where(entry => entry.Lines.Count > 0),
            ];
    }
}
