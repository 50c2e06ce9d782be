namespace Lending.Servicing.Books;

// What changes the plan of a loan that runs.
internal sealed partial class LoanBook
{
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

    private void ReAge(ReAged reAged) => PlanAnew(reAged, reAged.FirstDueOn, reAged.Count, reAged.EveryMonths);

    /// <summary>All principal that is owed, overdue or not, is repaid in new instalments.</summary>
    private void PlanAnew(LoanEvent cause, DateOnly firstDueOn, int count, int everyMonths)
    {
        var open = _principal;
        if (_rate != 0)
        {
            UnfixInstalments(KeyOf(cause));
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
        for (var index = 0; index < count; index++)
        {
            var dueOn = firstDueOn.AddMonths(index * everyMonths);
            var instalment = Instalment.At(from, dueOn, index == 0 ? null : firstDueOn.AddMonths((index - 1) * everyMonths));
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

        AddVersion(cause);
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
