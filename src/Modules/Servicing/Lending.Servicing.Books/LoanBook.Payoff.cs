namespace Lending.Servicing.Books;

// What pays all off, and what an early end does.
internal sealed partial class LoanBook
{
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

    /// <summary>What would have to be paid today so that nothing is owed.</summary>
    public Payoff Payoff(bool isPayoff, Guid? eventId = null)
    {
        var interest = Zero;
        if (Current is { } current)
        {
            // What is not fixed has no interest before its due date, and so none that was paid.
            interest = InterestAtPayoff(current) - (current.IsFixed ? ToCome.Sum(instalment => instalment.Interest.Paid) : 0);
        }

        var isEarly = isPayoff && PrincipalToCome > 0 && !_isCalledDue && !_isWithdrawn;
        var (toCome, whole) = isEarly ? InterestToCome(eventId) : (0, 0);
        var end = _instalments.Count > 0 ? _instalments[^1].DueOn : _day;
        return new(
            _day,
            SumOfDue(instalment => instalment.Principal.Open + instalment.Interest.Open) + Zero,
            PrincipalToCome + Zero,
            interest + Zero,
            OpenCharges.Sum(charge => charge.Open) + Zero,
            _defaultInterest.Open + Zero,
            isEarly && _contract.HasEarlyRepaymentCompensation
                ? EarlyRepayment.Compensation(PrincipalToCome, toCome, _day, end, _contract.Currency)
                : Zero,
            isEarly ? CostReduction(toCome, whole) : Zero,
            _credit + Zero
        );
    }

    // Whether an early end changes what is owed: by compensation (§ 502 BGB) or by a reduction of costs (§ 501 BGB).
    private bool EndsAtACost =>
        (_contract.HasEarlyRepaymentCompensation || _contract.CostsForWholeTerm > 0) && !_isCalledDue && !_isWithdrawn;

    /// <summary>
    /// What a payment has to reach so that nothing is owed afterwards. A borrower who sends that much ends the loan with all that the law gives both sides,
    /// however the payment is called; what comes from others ends it without. An early end is computed only where the payment may be enough for it.
    /// </summary>
    private Payoff PayoffBy(LoanEvent happened, decimal amount, bool isPayoff)
    {
        var plain = Payoff(isPayoff: false);
        var isBorrowers = happened is not PaymentReceived { Source: not PaymentSource.Borrower };
        var mayEnd = isBorrowers && EndsAtACost && amount >= plain.Total - _contract.CostsForWholeTerm;
        return isPayoff || mayEnd ? Payoff(isPayoff: true, happened.Id) : plain;
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
            _costsGivenBack += _contract.RulesVersion >= 2 ? payoff.CostReduction : 0;
            Post($"cost-reduction:{key}", _day, (LedgerAccount.FeeIncome, payoff.CostReduction));
            var left = Allocate($"cost-reduction:{key}", payoff.CostReduction, _contract.Allocation, Surplus.Credit);
            _credit += left;
            Post($"cost-reduction:{key}", _day, (LedgerAccount.BorrowerCredit, -left));
        }

        PayFromCredit(key);
    }
}
