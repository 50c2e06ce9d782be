namespace Lending.Servicing.Books;

internal sealed partial class LoanBook
{
    private void PlanTranche(Disbursed disbursed, bool isFirst)
    {
        var down = _rounding.Of(disbursed.Amount * _contract.DownPaymentPercent / 100);
        if (isFirst)
        {
            PlanFirst(disbursed.Amount - down);
        }
        else if (!ToCome.Any())
        {
            // A caller refuses it; where it becomes so later, what was paid out is due at once.
            _problems.Add(new(disbursed.Id, "no-instalments-left"));
            AddPrincipal(disbursed.Amount);
            return;
        }
        else if (Current!.IsFixed && ToCome.All(instalment => instalment.Interest.Amount == 0) && _rate == 0)
        {
            AddTo([.. ToCome], disbursed.Amount - down);
        }
        else
        {
            UnfixInstalments(KeyOf(disbursed));
        }

        if (down > 0)
        {
            var instalment = Instalment.DownPaymentOn(_day);
            instalment.Principal.Amount = down;
            // Before what is due later, and after what was due until today.
            _instalments.Insert(_instalments.FindLastIndex(other => other.IsDue && other.DueOn <= _day) + 1, instalment);
        }

        if (!Current!.IsFixed)
        {
            Level(keepsAgreed: true);
        }

        AddVersion(disbursed);
    }

    private void PlanFirst(decimal amount)
    {
        DateOnly? before = null;
        // Paid out so late that the first due date has come, the plan begins as many months later: nothing is due before there was a loan.
        var late = 0;
        while (IsTooLate(_contract.Instalments[0].DueOn.AddMonths(late)))
        {
            late++;
        }

        // On the day itself only where the plan says so, as for what is paid in the shop.
        bool IsTooLate(DateOnly dueOn) => dueOn < _day || (dueOn == _day && _contract.PlannedPayoutOn?.AddMonths(late) < _day);

        foreach (var plan in _contract.Instalments)
        {
            var instalment = Instalment.Of(plan, before ?? _day, before, late);
            _instalments.Add(instalment);
            before = instalment.DueOn;
        }

        var isAsAgreed =
            _contract.Instalments.All(plan => plan.Principal is not null)
            && amount == _contract.Instalments.Sum(plan => plan.Principal!.Value);
        if (isAsAgreed)
        {
            for (var index = 0; index < _instalments.Count; index++)
            {
                _instalments[index].IsFixed = true;
                _instalments[index].Principal.Amount = _contract.Instalments[index].Principal!.Value + Zero;
                _instalments[index].Interest.Amount = (_contract.Instalments[index].Interest ?? 0) + Zero;
            }

            if (_contract.PlannedPayoutOn is { } planned && planned.AddMonths(late) != _day)
            {
                // Interest is owed for the days of the loan, not for those of the plan; what is repaid, and all later instalments, stay as agreed.
                var first = _instalments[0];
                first.Interest.Amount = _rounding.Of(amount * _rate / 100 * first.Years(_contract.DayCount, _day, first.DueOn)) + Zero;
            }
        }
        else if (_rate == 0 && _contract.Instalments.All(plan => plan.Payment is null))
        {
            foreach (var instalment in _instalments)
            {
                instalment.IsFixed = true;
            }

            AddTo(_instalments, amount);
        }
    }

    /// <summary>Adds principal to instalments in equal parts; the last one takes the rest.</summary>
    private void AddTo(List<Instalment> places, decimal amount)
    {
        var part = Rounding.Down(amount / places.Count, _contract.InstalmentMultiple ?? _contract.Currency.MinorUnit);
        for (var index = 0; index < places.Count; index++)
        {
            places[index].Principal.Amount += (index == places.Count - 1 ? amount - part * index : part) + Zero;
        }
    }

    /// <summary>
    /// Instalments that were fixed to the cent run by the balance from now on: as large as before until they are levelled, and with the interest that
    /// has run so far.
    /// </summary>
    private void UnfixInstalments(string key)
    {
        foreach (var instalment in ToCome.Where(instalment => instalment.IsFixed))
        {
            UnpayInterest(key, instalment.Interest);
            instalment.IsFixed = false;
            instalment.Level = instalment.Principal.Amount + instalment.Interest.Amount;
            _ahead += instalment.Principal.Paid;
            _aheadRule = Surplus.Next;
            instalment.Principal.Amount = 0;
            instalment.Principal.Paid = 0;
            instalment.Interest.Amount = 0;
        }
    }

    // Interest that was paid in advance and is not owed in this form any more repays principal.
    private void UnpayInterest(string key, Claim interest)
    {
        if (interest.Paid == 0)
        {
            return;
        }

        var principal = Math.Min(interest.Paid, PrincipalToCome);
        var credit = interest.Paid - principal;
        Post(
            key,
            _day,
            (LedgerAccount.InterestDue, interest.Paid),
            (LedgerAccount.Principal, -principal),
            (LedgerAccount.BorrowerCredit, -credit)
        );
        _principal -= principal;
        _ahead += principal;
        _credit += credit;
        (interest.Paid, interest.PaidEarly) = (0, 0);
    }

    /// <summary>
    /// The level instalment that repays what is not due yet: a = (B·(1 + i) + interest so far) / (1 + v(1) + v(1)·v(2) + …), where i is for the days to
    /// the next due date and v(k) discounts the periods after it.
    /// </summary>
    private void Level(bool keepsAgreed = false)
    {
        var places = ToCome.Where(instalment => !instalment.IsPrincipalFree && !(keepsAgreed && instalment.IsLevelAgreed)).ToList();
        if (places.Count == 0)
        {
            return;
        }

        var free = ToCome.TakeWhile(instalment => instalment.IsPrincipalFree).Count();
        var first = places[0];
        var (discount, sum) = (1m, 1m);
        var from = first.DueOn;
        foreach (var place in places.Skip(1))
        {
            discount /= 1 + _rate / 100 * place.Years(_contract.DayCount, from, place.DueOn);
            sum += discount;
            from = place.DueOn;
        }

        var toCome = PrincipalToCome;
        // Instalments without principal pay their interest themselves: the period of the first level one begins after them.
        var start = free > 0 ? ToCome.ElementAt(free - 1).DueOn : _day;
        var soFar = free > 0 ? 0 : _accrual.Exact;
        var interest = _rate / 100 * first.Years(_contract.DayCount, start, first.DueOn);
        var level = Rounding.ToMultiple(
            (toCome * (1 + interest) + soFar) / sum,
            _contract.InstalmentMultiple ?? _contract.Currency.MinorUnit,
            _contract.RoundsInstalmentsUp
        );
        foreach (var place in places)
        {
            place.Level = level;
        }
    }

    private void AddPrincipal(decimal amount)
    {
        if (amount == 0)
        {
            return;
        }

        // The next one, or that of today: one that was called due or re-aged before its day takes nothing more.
        var next = _instalments.Find(instalment =>
            instalment.DueOn >= _day && !instalment.IsDownPayment && (!instalment.IsDue || instalment.DueOn == _day)
        );
        if (next is null)
        {
            next = Instalment.At(_day, _day);
            next.IsFixed = true;
            next.IsDue = true;
            _instalments.Add(next);
        }

        if (next.IsFixed || next.IsDue)
        {
            next.Principal.Amount += amount;
        }
        else
        {
            next.AddedPrincipal += amount;
        }
    }

    private void Reschedule(Rescheduled rescheduled)
    {
        var kept = ToCome.Where(instalment => instalment.DueOn < rescheduled.FromDueOn).ToList();
        var moved = ToCome.Where(instalment => instalment.DueOn >= rescheduled.FromDueOn).ToList();
        if (moved.Count == 0)
        {
            _problems.Add(new(rescheduled.Id, "no-instalments-left"));
            return;
        }

        var isWithoutInterest =
            moved.TrueForAll(instalment => instalment.IsFixed) && _rate == 0 && (rescheduled.AnnualRatePercent ?? 0) == 0;
        var amounts = moved.Select(instalment => instalment.Principal.Open).ToList();
        var open = moved.Sum(instalment => instalment.Principal.Open);
        if (!isWithoutInterest)
        {
            // The current period keeps its beginning and the interest that has run.
            UnfixInstalments(KeyOf(rescheduled));
        }

        _rate = rescheduled.AnnualRatePercent ?? _rate;
        _instalments.RemoveAll(moved.Contains);
        var from = moved[0].From;
        var count = moved.Count + rescheduled.AddedInstalments + rescheduled.PrincipalFreeInstalments;
        for (var index = 0; index < count; index++)
        {
            var origin = moved[Math.Min(index, moved.Count - 1)];
            var months = rescheduled.ShiftMonths + Math.Max(0, index - moved.Count + 1);
            var instalment = origin.Moved(from, months, isPrincipalFree: index < rescheduled.PrincipalFreeInstalments);
            from = instalment.DueOn;
            _instalments.Add(instalment);
        }

        foreach (var charge in moved.SelectMany(instalment => instalment.Charges))
        {
            PlaceOf(charge.DueOn).Charges.Add(charge);
        }

        var places = ToCome.Except(kept).Where(instalment => !instalment.IsPrincipalFree).ToList();
        if (!isWithoutInterest)
        {
            Level();
        }
        else if (rescheduled.AddedInstalments == 0)
        {
            for (var index = 0; index < places.Count; index++)
            {
                places[index].Principal.Amount = amounts[index];
            }
        }
        else
        {
            Split(places, open);
        }

        AddVersion(rescheduled);
    }

    private void ReAge(ReAged reAged)
    {
        var open = _principal;
        if (_rate != 0)
        {
            UnfixInstalments(KeyOf(reAged));
        }

        BookInterest();
        var interest = _accrual.Amount;
        foreach (var instalment in _instalments)
        {
            instalment.Principal.Amount = instalment.Principal.Paid;
        }

        _instalments.RemoveAll(instalment =>
            !instalment.IsDue && instalment.Charges.Count == 0 && instalment.Claims.All(claim => claim.Paid == 0)
        );
        if (interest > 0)
        {
            // Interest that has run is due with the first new instalment, not lost.
            _accrual = new(_contract.InterestRounding, _rounding);
            _accrual.AddKnown(interest);
        }

        foreach (var instalment in ToCome)
        {
            instalment.IsDue = true;
        }

        var from = _day;
        var places = new List<Instalment>();
        for (var index = 0; index < reAged.Count; index++)
        {
            var dueOn = reAged.FirstDueOn.AddMonths(index * reAged.EveryMonths);
            var instalment = Instalment.At(from, dueOn, index == 0 ? null : reAged.FirstDueOn.AddMonths((index - 1) * reAged.EveryMonths));
            instalment.IsFixed = _rate == 0;
            places.Add(instalment);
            from = dueOn;
        }

        _ahead = 0;
        _instalments.AddRange(places);
        if (_rate == 0)
        {
            Split(places, open);
        }
        else
        {
            Level();
        }

        AddVersion(reAged);
    }

    private void ReAmortise(ReAmortised reAmortised)
    {
        var places = ToCome.ToList();
        if (places.Count == 0)
        {
            _problems.Add(new(reAmortised.Id, "no-instalments-left"));
            return;
        }

        var open = OverduePrincipal + places.Sum(instalment => instalment.Principal.Open);
        foreach (var instalment in _instalments.Where(instalment => instalment.IsDue))
        {
            instalment.Principal.Amount = instalment.Principal.Paid;
        }

        if (Current!.IsFixed && _rate == 0)
        {
            Split(places, open);
        }
        else
        {
            UnfixInstalments(KeyOf(reAmortised));
            Level();
        }

        AddVersion(reAmortised);
    }

    /// <summary>Instalments without interest repay an amount in equal parts beside what was paid of them.</summary>
    private void Split(List<Instalment> places, decimal amount)
    {
        foreach (var place in places)
        {
            place.Principal.Amount = place.Principal.Paid;
        }

        AddTo(places, amount);
    }

    private void CallDue(CalledDue calledDue)
    {
        BookInterest();
        if (Current is not null)
        {
            MakeAllDue(KeyOf(calledDue), _accrual.Amount);
        }

        _isCalledDue = true;
        AddVersion(calledDue);
    }

    /// <summary>One instalment takes all that is to come, and is due today.</summary>
    private void MakeAllDue(string key, decimal interest)
    {
        if (BearsInterest)
        {
            UnfixInstalments(key);
        }

        var all = Current!;
        var others = ToCome.Skip(1).ToList();
        var paid = _ahead + all.Principal.Paid + others.Sum(instalment => instalment.Principal.Paid);
        var early = _ahead + all.Principal.PaidEarly + others.Sum(instalment => instalment.Principal.PaidEarly);
        all.Principal.Amount = PrincipalToCome + paid + Zero;
        all.Principal.Paid = paid;
        all.Principal.PaidEarly = early;
        all.Interest.Amount = interest + Zero;
        all.Charges.AddRange(others.SelectMany(instalment => instalment.Charges));
        all.IsDue = true;
        _ahead = 0;
        foreach (var claim in all.Claims)
        {
            claim.DueOn = _day < claim.DueOn ? _day : claim.DueOn;
        }

        _instalments.RemoveAll(others.Contains);
        BookInterestDue(_day, all.Interest.Amount);
        _accrual = new(_contract.InterestRounding, _rounding);
    }

    private void AddVersion(LoanEvent cause) => _versions.Add(new(_versions.Count + 1, cause.EffectiveOn, cause.Id, cause.GetType().Name));
}
