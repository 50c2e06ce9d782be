using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

// What happens by itself while the days go by: interest runs, instalments and charges become due, months end.
internal sealed partial class LoanBook
{
    private void AdvanceTo(DateOnly day)
    {
        while (NextStop() is { } stop && stop <= day)
        {
            Accrue(stop);
            while (Current is { } current && current.DueOn <= stop)
            {
                BecomeDue(current);
            }

            foreach (var charge in OpenCharges.Where(charge => charge.UnbookedKey is not null && charge.DueOn <= stop))
            {
                Book(charge);
            }

            if (stop.AddDays(1).Day == 1)
            {
                BookInterest();
                BookDefaultInterest();
            }

            ApplyCredit($"credit:{stop:yyyy-MM-dd}");
            EarnDealerFee();
        }

        Accrue(day);
    }

    // The next day after which balances or books change by themselves.
    private DateOnly? NextStop()
    {
        var next = Current?.DueOn;
        for (var place = FirstOpenCharge(); place < _charges.Count; place++)
        {
            var charge = _charges[place];
            if (charge.UnbookedKey is not null || (charge.Open > 0 && charge.DueOn > _day))
            {
                next = Earlier(next, charge.DueOn);
            }
        }

        // Interest may have run that is due later, when all principal is repaid already.
        var isQuiet = _principal == 0 && Owed == 0 && _accrual.Amount == _bookedInterest;
        return _isProjecting || isQuiet ? next : Earlier(next, MonthEndAfter(_day));
    }

    private static DateOnly Earlier(DateOnly? one, DateOnly other) => one is { } day && day < other ? day : other;

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
        for (var from = _day; from < to; )
        {
            // Nothing changes on a day after which something is late, so nobody stops there.
            var end = _contract.WaitsForWorkingDays && NextLateAfter(from) is { } late && late < to ? late : to;
            AccrueDefaultInterest(rule, from, end);
            from = end;
        }
    }

    private void AccrueDefaultInterest(DefaultInterestRule rule, DateOnly from, DateOnly to)
    {
        var overdue = SumOfDue(instalment => instalment.OverdueOn(from, _contract));
        if (overdue == 0)
        {
            return;
        }

        if (!rule.IsAboveBaseRate)
        {
            AddDefaultInterest(from, to, rule.Percent);
        }
        else
        {
            var known = from;
            foreach (var (after, end, percent) in _baseRates.Between(from, to))
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
            if (isTooMuchAhead)
            {
                ReduceCosts($"due:{instalment.DueOn:yyyy-MM-dd}", _ahead - principal, available - principal);
                principal = _ahead;
            }

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

        if (_contract.MonthlyFee > 0 && !_isWithdrawn && !instalment.IsDownPayment && instalment.Total > 0)
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
}
