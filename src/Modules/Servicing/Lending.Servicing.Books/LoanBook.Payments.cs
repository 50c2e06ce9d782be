namespace Lending.Servicing.Books;

// Money that comes in, goes back and goes out.
internal sealed partial class LoanBook
{
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
        if (isFirst)
        {
            (_paidOutOn, _dealerFee) = (_day, _contract.RulesVersion >= 2 ? dealerFee : 0);
        }

        _disbursed += disbursed.Amount;
        _principal += disbursed.Amount;
        if (_isWithdrawn || _isCalledDue || _isWrittenOff)
        {
            _problems.Add(new(disbursed.Id, "payout-not-allowed"));
        }
        if (_disbursed > _contract.Principal)
        {
            // Of all of them: which one came last is not theirs to know, and the one that is recorded now is refused.
            _problems.AddRange(_events.OfType<Disbursed>().Select(one => new EventProblem(one.Id, "over-disbursed")));
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
        var returned = _returns[payment.Id];
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
        // After a withdrawal every cent is owed back, and bears no more interest once it is there.
        var surplus =
            payment.IsPayoff ? Surplus.Credit
            : _isWithdrawn ? Surplus.Next
            : payment.Surplus ?? _contract.Surplus;
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
        var payoff = PayoffBy(happened, amount, isPayoff);
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
        WaiveRest(key, happened, isPayoff);
        _allocations.Add(new(happened.Id, _day, _byKind, _toCredit));
    }

    private decimal RepayExtra(string key, ExtraRepayment repayment, decimal rest)
    {
        // What would repay everything ends the loan, which it does not for less than the payoff.
        if (rest == 0 || PrincipalToCome == 0 || (EndsAtACost && rest >= PrincipalToCome))
        {
            return rest;
        }

        // Interest that was paid in advance becomes principal: then there is less to repay.
        UnfixInstalments(key);
        var toCome = PrincipalToCome;
        var repaid = Math.Min(rest, toCome);
        RepayPrincipal(key, repaid);
        ReduceCosts(key, repaid, toCome);
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

    private void PayFromCredit(string key)
    {
        if (_credit > 0)
        {
            // Meant to pay all off, it pays nothing in advance, and so cannot end the loan without what an early end costs.
            // What it repays early may add to it.
            var credit = _credit;
            var left = Allocate(key, credit, _contract.Allocation, _payoffFellShort ? Surplus.Credit : _contract.Surplus);
            Post(key, _day, (LedgerAccount.BorrowerCredit, credit - left));
            _credit -= credit - left;
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
            _problems.AddRange(_events.OfType<CreditRefunded>().Select(one => new EventProblem(one.Id, "credit-exceeded")));
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
}
