namespace Lending.Servicing.Books;

internal sealed partial class LoanBook
{
    // What money pays while an event is applied.
    private Dictionary<ClaimKind, decimal> _byKind = [];
    private decimal _toCredit;

    /// <summary>All claims that exist, in the order of instalments; those that belong to none come first.</summary>
    private IEnumerable<Claim> Owing =>
        _charges
            .Where(charge => charge.Kind is ClaimKind.EnforcementCosts or ClaimKind.DefaultInterest)
            .Append(_defaultInterest)
            .Concat(_instalments.SelectMany(instalment => instalment.Claims));

    /// <summary>What is unpaid of all claims that exist, whether their day has come or not.</summary>
    private decimal Owed => Owing.Sum(claim => claim.Open);

    private void Disburse(Disbursed disbursed)
    {
        var key = KeyOf(disbursed);
        var isFirst = !IsStarted;
        // Fees that are a part of the principal stay with the lender when the first money goes out.
        var financedFee = isFirst ? Math.Min(_contract.FinancedFee, disbursed.Amount) : 0;
        var dealerFee = isFirst ? Math.Min(_contract.DealerFee, disbursed.Amount - financedFee) : 0;
        Post(
            key,
            _day,
            (LedgerAccount.Principal, disbursed.Amount),
            (LedgerAccount.FeeIncome, -financedFee),
            (LedgerAccount.DealerFeeDeferred, -dealerFee),
            (LedgerAccount.ClearingOut, financedFee + dealerFee - disbursed.Amount)
        );
        _disbursed += disbursed.Amount;
        _principal += disbursed.Amount;
        if (_disbursed > _contract.Principal)
        {
            _problems.Add(new(disbursed.Id, "over-disbursed"));
        }

        PlanTranche(disbursed, isFirst);
        if (isFirst)
        {
            AdvanceTo(_day);
        }
    }

    private void Receive(PaymentReceived payment)
    {
        var key = KeyOf(payment);
        var returned = _events.OfType<PaymentReturned>().Where(back => back.PaymentId == payment.Id).ToList();
        var returnedAmount = _contract.Returns == ReturnRule.PaysNothing ? returned.Sum(back => back.Amount) : 0;
        if (returned.Sum(back => back.Amount) > payment.Amount)
        {
            // Of all of them: which one came last is not theirs to know, and the one that is recorded now is refused.
            _problems.AddRange(returned.Select(back => new EventProblem(back.Id, "return-exceeds-payment")));
            returnedAmount = Math.Min(returnedAmount, payment.Amount);
        }

        var source = payment.Source == PaymentSource.Goodwill ? LedgerAccount.Goodwill : LedgerAccount.ClearingIn;
        Post(key, _day, (source, payment.Amount), (LedgerAccount.ReturnedPayments, -returnedAmount));
        var amount = payment.Amount - returnedAmount;
        if (payment.RefundsInterest && amount > 0)
        {
            // Interest of the past is given back: what was paid of it, and what is owed of it.
            var refund = _instalments.Sum(instalment => instalment.IsDue ? instalment.Interest.Amount : 0) + _accrual.Amount;
            Post(key, _day, (LedgerAccount.InterestIncome, refund));
            amount += refund;
        }

        // A payoff that is too small changes no plan: it stays the borrower's, so that the rest of it is what is missing.
        var surplus = payment.IsPayoff ? Surplus.Credit : payment.Surplus ?? _contract.Surplus;
        Pay(key, payment, amount, payment.Allocation ?? _contract.Allocation, surplus, payment.IsPayoff);
    }

    private void Receive(ExtraRepayment repayment)
    {
        var key = KeyOf(repayment);
        Post(key, _day, (LedgerAccount.ClearingIn, repayment.Amount));
        Pay(key, repayment, repayment.Amount, _contract.Allocation, surplus: null, isPayoff: false);
    }

    /// <summary>Spreads money over what is owed; a surplus without a rule is an extra repayment.</summary>
    private void Pay(string key, LoanEvent happened, decimal amount, AllocationRuleSet rules, Surplus? surplus, bool isPayoff)
    {
        if (amount <= 0)
        {
            return;
        }

        (_byKind, _toCredit) = ([], 0);
        BookDefaultInterest();
        // Once a payoff fell short, what settles is what it fell short of: the rest does not come cheaper by being sent as a plain payment.
        var payoff = Payoff(isPayoff || _payoffFellShort, happened.Id);
        if (amount >= payoff.Total)
        {
            BringChargesForward();
            if (MaySettle(surplus) || (isPayoff && ToCome.Any()))
            {
                Settle(key, payoff);
            }
            else
            {
                PayFromCredit(key);
            }
        }
        else
        {
            _payoffFellShort |= isPayoff;
        }

        if (surplus is Surplus.Smaller or Surplus.Shorter && BearsInterest)
        {
            UnfixInstalments(key);
        }

        var rest = Allocate(key, amount, rules, surplus);
        rest = surplus is null ? RepayExtra(key, (ExtraRepayment)happened, rest) : rest;
        _credit += rest;
        _toCredit += rest;
        Post(key, _day, (LedgerAccount.BorrowerCredit, -rest));
        WaiveRest(key, happened.Id);
        _allocations.Add(new(happened.Id, _day, _byKind, _toCredit));
    }

    // A payoff has in it what was charged already and is due later.
    private void BringChargesForward()
    {
        foreach (var charge in _charges.Where(charge => charge.DueOn > _day))
        {
            charge.DueOn = _day;
        }
    }

    // Instalments without interest are simply paid in advance: there is nothing to save by ending them.
    private bool MaySettle(Surplus? surplus) =>
        ToCome.Any(instalment => !instalment.IsFixed || instalment.Interest.Amount != 0)
        || (surplus is null or Surplus.Credit && ToCome.Any());

    private decimal Allocate(string key, decimal amount, AllocationRuleSet rules, Surplus? surplus)
    {
        var isInAdvanceOf = surplus is not (null or Surplus.Credit);
        foreach (var step in rules.Steps)
        {
            foreach (var claim in ClaimsOf(step, surplus))
            {
                if (claim.Open > 0 && step.Timings.Contains(claim.TimingOn(_day)) && (isInAdvanceOf || claim.DueOn <= _day))
                {
                    amount -= Pay(key, claim, Math.Min(amount, claim.Open));
                }
            }

            if (isInAdvanceOf && step.Timings.Contains(DueTiming.InAdvance) && step.Kinds.Contains(ClaimKind.Principal))
            {
                amount = PayAhead(key, amount, surplus!.Value);
            }
        }

        return amount;
    }

    private IEnumerable<Claim> ClaimsOf(AllocationStep step, Surplus? surplus)
    {
        var owing = Owing.Where(claim => step.Kinds.Contains(claim.Kind) && !IsSpread(claim)).ToList();
        if (!step.ByInstalment)
        {
            return step.Kinds.SelectMany(kind => owing.Where(claim => claim.Kind == kind));
        }

        var byInstalment = _instalments
            .SelectMany(instalment =>
                step.Kinds.SelectMany(kind => instalment.Claims.Where(claim => claim.Kind == kind && !IsSpread(claim)))
            )
            .ToList();
        var others = owing.Except(byInstalment);
        return others.Concat(surplus == Surplus.Last ? DueThenFromTheEnd(byInstalment) : byInstalment);

        bool IsSpread(Claim claim) => surplus == Surplus.Spread && claim.Kind == ClaimKind.Principal && claim.DueOn > _day;
    }

    private IEnumerable<Claim> DueThenFromTheEnd(List<Claim> claims) =>
        claims.Where(claim => claim.DueOn <= _day).Concat(claims.Where(claim => claim.DueOn > _day).Reverse());

    private decimal Pay(string key, Claim claim, decimal amount)
    {
        if (amount == 0)
        {
            return 0;
        }

        Book(claim);
        claim.Paid += amount;
        var due = _instalments.Find(instalment => instalment.Claims.Contains(claim))?.DueOn ?? claim.DueOn;
        claim.PaidEarly += _day < due ? amount : 0;
        claim.PaidLate += _day > due ? amount : 0;
        _principal -= claim.Kind == ClaimKind.Principal ? amount : 0;
        _byKind[claim.Kind] = _byKind.GetValueOrDefault(claim.Kind) + amount;
        Post(key, _day, (AccountOf(claim.Kind), -amount));
        return amount;
    }

    /// <summary>Principal of instalments whose split is not known yet, and of all to come where it is spread.</summary>
    private decimal PayAhead(string key, decimal amount, Surplus surplus)
    {
        if (amount == 0 || Current is null)
        {
            return amount;
        }

        if (surplus == Surplus.Spread)
        {
            return SpreadAhead(key, amount);
        }

        if (Current.IsFixed)
        {
            return amount;
        }

        var paid = Math.Min(amount, PrincipalToCome);
        RepayPrincipal(key, paid);
        if (surplus is Surplus.Next or Surplus.Shorter or Surplus.Smaller)
        {
            var today = _instalments.Find(instalment => instalment.IsDue && instalment.DueOn == _day && !instalment.IsDownPayment);
            if (today is not null && surplus != Surplus.Next)
            {
                today.Principal.Amount += paid;
                today.Principal.Paid += paid;
                if (surplus == Surplus.Smaller)
                {
                    Level();
                }
            }
            else
            {
                _ahead += paid;
                _aheadRule = surplus;
            }
        }

        return amount - paid;
    }

    private decimal SpreadAhead(string key, decimal amount)
    {
        if (!Current!.IsFixed)
        {
            var paid = Math.Min(amount, PrincipalToCome);
            RepayPrincipal(key, paid);
            Level();
            return amount - paid;
        }

        var places = ToCome.Select(instalment => instalment.Principal).Where(claim => claim.Open > 0).ToList();
        var part = places.Count == 0 ? 0 : _rounding.Of(amount / places.Count);
        for (var index = 0; index < places.Count; index++)
        {
            var share = index == places.Count - 1 ? amount : Math.Min(amount, part);
            amount -= Pay(key, places[index], Math.Min(share, places[index].Open));
        }

        return amount;
    }

    private void RepayPrincipal(string key, decimal amount)
    {
        _principal -= amount;
        _byKind[ClaimKind.Principal] = _byKind.GetValueOrDefault(ClaimKind.Principal) + amount;
        Post(key, _day, (LedgerAccount.Principal, -amount));
    }

    private decimal RepayExtra(string key, ExtraRepayment repayment, decimal rest)
    {
        if (rest == 0 || PrincipalToCome == 0)
        {
            return rest;
        }

        // Interest that was paid in advance becomes principal: then there is less to repay.
        UnfixInstalments(key);
        var repaid = Math.Min(rest, PrincipalToCome);
        RepayPrincipal(key, repaid);
        if (repayment.MakesInstalmentsSmaller)
        {
            Level();
        }

        AddVersion(repayment);
        return rest - repaid;
    }

    /// <summary>The borrower's credit pays what has become due.</summary>
    private void ApplyCredit(string key)
    {
        if (_credit == 0 || _isProjecting)
        {
            return;
        }

        (_byKind, _toCredit) = ([], 0);
        PayFromCredit(key);
    }

    /// <summary>What would have to be paid today so that nothing is owed.</summary>
    public Payoff Payoff(bool isPayoff, Guid? eventId = null)
    {
        var interest = Zero;
        if (Current is { } current)
        {
            interest = InterestAtPayoff(current) - ToCome.Sum(instalment => instalment.Interest.Paid);
        }

        var isEarly = isPayoff && PrincipalToCome > 0 && !_isCalledDue;
        var (toCome, whole) = isEarly ? InterestToCome(eventId) : (0, 0);
        var end = _instalments.Count > 0 ? _instalments[^1].DueOn : _day;
        return new(
            _day,
            _instalments.Sum(instalment => instalment.IsDue ? instalment.Principal.Open + instalment.Interest.Open : 0) + Zero,
            PrincipalToCome + Zero,
            interest + Zero,
            _charges.Sum(charge => charge.Open) + Zero,
            _defaultInterest.Open + Zero,
            isEarly && _contract.HasEarlyRepaymentCompensation
                ? EarlyRepayment.Compensation(PrincipalToCome, toCome, _day, end, _contract.Currency)
                : Zero,
            isEarly ? CostReduction(toCome, whole, end) : Zero,
            _credit + Zero
        );
    }

    private decimal InterestAtPayoff(Instalment current)
    {
        if (_contract.PayoffInterest == PayoffInterest.ToDay)
        {
            return _accrual.Amount;
        }

        var accrual = _accrual.Copy();
        if (current.IsFixed)
        {
            return current.Interest.Amount;
        }

        accrual.Add(
            new(PrincipalToCome, _rate, current.DueOn.DayNumber - _day.DayNumber, current.Years(_contract.DayCount, _day, current.DueOn))
        );
        return accrual.Amount;
    }

    // The interest that the plan has from today on, and of the whole life: by replaying the same life without the payoff.
    private (decimal ToCome, decimal Whole) InterestToCome(Guid? eventId)
    {
        if (eventId is { } id && _interestAtPayoffs.TryGetValue(id, out var known))
        {
            return known;
        }

        // It knows what earlier payoffs came to: computed in each other, they would double with every one.
        var book = new LoanBook(_contract, [.. _applied], _day, _baseRates, _interestAtPayoffs);
        book.Run();
        var accrued = book._accrual.Amount;
        book.Project();
        var whole = book._instalments.Sum(instalment => instalment.Interest.Amount);
        var past = _instalments.Sum(instalment => instalment.IsDue ? instalment.Interest.Amount : 0);
        var found = (whole - past - accrued, whole);
        if (eventId is { } key)
        {
            _interestAtPayoffs[key] = found;
        }

        return found;
    }

    private decimal CostReduction(decimal toCome, decimal whole, DateOnly end) =>
        _contract.CostReduction == CostReductionMethod.ByInterest
            ? EarlyRepayment.CostReduction(_contract.CostsForWholeTerm, toCome, whole, _contract.Currency)
            : EarlyRepayment.CostReduction(
                _contract.CostsForWholeTerm,
                end.DayNumber - _day.DayNumber,
                end.DayNumber - _applied.OfType<Disbursed>().First().EffectiveOn.DayNumber,
                _contract.Currency
            );

    /// <summary>The whole rest becomes due today; what pays it is allocated like any money.</summary>
    private void Settle(string key, Payoff payoff)
    {
        _payoffFellShort = false;
        BookInterest();
        MakeAllDue(key, InterestAtPayoff(Current!));
        if (payoff.Compensation > 0)
        {
            AddCharge(new Claim(ClaimKind.Fee, _day, payoff.Compensation), $"compensation:{key}");
        }

        if (payoff.CostReduction > 0)
        {
            Post($"cost-reduction:{key}", _day, (LedgerAccount.FeeIncome, payoff.CostReduction));
            var left = Allocate($"cost-reduction:{key}", payoff.CostReduction, _contract.Allocation, Surplus.Credit);
            _credit += left;
            Post($"cost-reduction:{key}", _day, (LedgerAccount.BorrowerCredit, -left));
        }

        PayFromCredit(key);
    }

    private void PayFromCredit(string key)
    {
        if (_credit > 0)
        {
            // Meant to pay all off, it pays nothing in advance, and so cannot end the loan without what an early end costs.
            var left = Allocate(key, _credit, _contract.Allocation, _payoffFellShort ? Surplus.Credit : _contract.Surplus);
            Post(key, _day, (LedgerAccount.BorrowerCredit, _credit - left));
            _credit = left;
        }
    }

    private void Return(PaymentReturned returned)
    {
        var key = KeyOf(returned);
        var payment = _applied.OfType<PaymentReceived>().FirstOrDefault(received => received.Id == returned.PaymentId);
        if (payment is null)
        {
            _problems.Add(new(returned.Id, "unknown-payment"));
            return;
        }

        if (_contract.Returns == ReturnRule.PaysNothing)
        {
            Post(key, _day, (LedgerAccount.ClearingIn, -returned.Amount), (LedgerAccount.ReturnedPayments, returned.Amount));
            return;
        }

        var fromCredit = Math.Min(_credit, returned.Amount);
        var principal = returned.Amount - fromCredit;
        _credit -= fromCredit;
        _principal += principal;
        Post(
            key,
            _day,
            (LedgerAccount.ClearingIn, -returned.Amount),
            (LedgerAccount.BorrowerCredit, fromCredit),
            (LedgerAccount.Principal, principal)
        );
        AddPrincipal(principal);
    }

    private void Refund(CreditRefunded refunded)
    {
        var excess = Math.Max(0, refunded.Amount - _credit);
        if (excess > 0)
        {
            // The money is gone: where a later event takes the credit away that was refunded, the borrower owes the rest.
            _problems.Add(new(refunded.Id, "credit-exceeded"));
        }

        _credit -= refunded.Amount - excess;
        _principal += excess;
        Post(
            KeyOf(refunded),
            _day,
            (LedgerAccount.BorrowerCredit, refunded.Amount - excess),
            (LedgerAccount.Principal, excess),
            (LedgerAccount.ClearingOut, -refunded.Amount)
        );
        AddPrincipal(excess);
    }

    private void Charge(Charged charged)
    {
        if (charged.Kind is ClaimKind.Interest or ClaimKind.Principal)
        {
            _problems.Add(new(charged.Id, "not-a-charge"));
            return;
        }

        AddCharge(new Claim(charged.Kind, charged.DueOn ?? charged.EffectiveOn, charged.Amount), $"charge:{charged.Id}");
    }

    private void Waive(Waived waived)
    {
        BookDefaultInterest();
        (_byKind, _toCredit) = ([], 0);
        var payoff = Payoff(isPayoff: false);
        if (waived.Amount > payoff.Total + payoff.Credit)
        {
            _problems.Add(new(waived.Id, "waiver-exceeds-debt"));
            return;
        }

        if (waived.Amount >= payoff.Total && ToCome.Any())
        {
            Settle(KeyOf(waived), payoff);
        }

        var key = KeyOf(waived);
        Post(key, _day, (LedgerAccount.Loss, waived.Amount));
        var rest = Allocate(key, waived.Amount, _contract.Allocation, Surplus.Last);
        Post(key, _day, (LedgerAccount.Loss, -rest));
        _allocations.Add(new(waived.Id, _day, _byKind, 0));
    }

    /// <summary>A rest within the tolerance is given up with the payment that leaves it.</summary>
    private void WaiveRest(string key, Guid eventId)
    {
        var payoff = Payoff(_payoffFellShort, eventId);
        var rest = payoff.Total;
        if (rest == 0 || rest > _contract.ClosingTolerance)
        {
            return;
        }

        if (ToCome.Any())
        {
            Settle(key, payoff);
        }

        var byKind = _byKind;
        _byKind = [];
        var waived = $"tolerance:{key}";
        Post(waived, _day, (LedgerAccount.Loss, rest));
        var left = Allocate(waived, rest, _contract.Allocation, Surplus.Last);
        Post(waived, _day, (LedgerAccount.Loss, -left));
        _byKind = byKind;
    }

    private void WriteOff(WrittenOff writtenOff)
    {
        BookInterest();
        BookDefaultInterest();
        var key = KeyOf(writtenOff);
        for (var account = LedgerAccount.Principal; account <= LedgerAccount.DefaultInterest; account++)
        {
            var balance = _journal.Balance(account);
            Post(key, _day, (account, -balance), (LedgerAccount.Loss, balance));
        }

        _isWrittenOff = true;
    }
}
