namespace Lending.Servicing.Books;

// What shrinks or is earned with the term: costs for all of it (§ 501 BGB), and what the dealer left to the lender.
internal sealed partial class LoanBook
{
    // The part of the costs that belongs to principal which was not repaid early.
    private decimal _partOfCosts = 1;
    private decimal _costsGivenBack;
    private DateOnly _paidOutOn;
    private decimal _dealerFee;
    private decimal _dealerFeeEarned;

    /// <summary>
    /// As far as a borrower repays early, costs shrink (§ 501(1) BGB). As large a part of them belongs to what is repaid as it is of all principal to come; of that
    /// part, as much goes back as a payoff of today would give of the whole. Later only the rest of the costs counts.
    /// </summary>
    private void ReduceCosts(string key, decimal repaid, decimal toCome)
    {
        var isByDays = _contract.CostReduction == CostReductionMethod.ByDays;
        if (_contract.RulesVersion < 2 || !isByDays || repaid == 0 || _isCalledDue || _isWithdrawn || _isProjecting)
        {
            return;
        }

        // What is still to be paid out has its part of the costs, too.
        var part = repaid / (toCome + Math.Max(0, _contract.Principal - _disbursed));
        var amount = CostReductionByDays(_partOfCosts * part);
        _partOfCosts *= 1 - part;
        _costsGivenBack += amount;
        _credit += amount;
        Post($"cost-reduction:{key}", _day, (LedgerAccount.FeeIncome, amount), (LedgerAccount.BorrowerCredit, -amount));
    }

    /// <summary>What a payoff of today gives back of the costs.</summary>
    private decimal CostReduction(decimal interestToCome, decimal wholeInterest) =>
        _contract.CostReduction == CostReductionMethod.ByInterest
            ? EarlyRepayment.CostReduction(_contract.CostsForWholeTerm, interestToCome, wholeInterest, _contract.Currency)
            : CostReductionByDays(_partOfCosts);

    private decimal CostReductionByDays(decimal part)
    {
        var end = _instalments[^1].DueOn.DayNumber;
        return EarlyRepayment.CostReduction(
            _contract.CostsForWholeTerm * part,
            end - _day.DayNumber,
            end - _paidOutOn.DayNumber,
            _contract.Currency
        );
    }

    /// <summary>
    /// What the dealer left is income of a time (§ 250(2) HGB): at the end of each month, as much of it is earned as has passed of the days from the first payout
    /// to the last due date, rounded once; and the rest when nothing is owed any more, or what is owed is lost.
    /// </summary>
    private void EarnDealerFee()
    {
        if (_dealerFeeEarned == _dealerFee || _isProjecting)
        {
            return;
        }

        var earned =
            _isWrittenOff || (_principal == 0 && Status() == LoanStatus.Settled) ? _dealerFee
            : _day.AddDays(1).Day == 1 ? DealerFeeByDays()
            : 0;
        // A longer term does not take back what was earned.
        if (earned > _dealerFeeEarned)
        {
            var amount = earned - _dealerFeeEarned;
            _dealerFeeEarned = earned;
            Post($"dealer-fee:{_day:yyyy-MM-dd}", _day, (LedgerAccount.DealerFeeDeferred, amount), (LedgerAccount.FeeIncome, -amount));
        }
    }

    private decimal DealerFeeByDays()
    {
        decimal passed = _day.DayNumber - _paidOutOn.DayNumber;
        var whole = _instalments[^1].DueOn.DayNumber - _paidOutOn.DayNumber;
        return passed >= whole ? _dealerFee : _rounding.Of(_dealerFee * passed / whole);
    }

    /// <summary>What of the fees that a withdrawal gives back went back with a part that was repaid before; the upfront fee, which it leaves, has its share of that.</summary>
    private decimal GivenBackOf(decimal fees)
    {
        var costs = _contract.CostsForWholeTerm;
        return costs == 0 ? 0 : _rounding.Of(_costsGivenBack * Math.Min(fees, costs) / costs);
    }

    private (decimal Deferred, decimal Earned) TakeDealerFeeBack()
    {
        var back = (_dealerFee - _dealerFeeEarned, _dealerFeeEarned);
        (_dealerFee, _dealerFeeEarned) = (0, 0);
        return back;
    }
}
