namespace Lending.Servicing.Books;

// The plan of a loan from its payouts on.
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
            _settled = 0;
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

        _settled = 0;
        if (next.IsFixed || next.IsDue)
        {
            next.Principal.Amount += amount;
        }
        else
        {
            next.AddedPrincipal += amount;
        }
    }
}
