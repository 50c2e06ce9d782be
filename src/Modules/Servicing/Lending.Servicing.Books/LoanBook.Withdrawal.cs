namespace Lending.Servicing.Books;

// What a withdrawal after the payout does.
internal sealed partial class LoanBook
{
    private const int DaysToGiveBack = 30;

    private void Withdraw(Withdrawn withdrawn)
    {
        if (_isWithdrawn || _isCalledDue)
        {
            _problems.Add(new(withdrawn.Id, "not-to-withdraw-from"));
            return;
        }

        _isWithdrawn = true;
        (_byKind, _toCredit) = ([], 0);
        var key = KeyOf(withdrawn);
        // Beside the interest, a lender gets nothing for the loan: what was charged for it goes back, paid or not, and what it was larger by than the price in cash.
        var financed = Math.Min(_contract.FinancedFee, _applied.OfType<Disbursed>().First().Amount);
        var fees = financed + _charges.Sum(charge => charge.Kind == ClaimKind.Fee && charge.UnbookedKey is null ? charge.Amount : 0);
        _charges.RemoveAll(charge => charge.UnbookedKey is not null && charge.Kind == ClaimKind.Fee);
        foreach (var instalment in _instalments)
        {
            instalment.Charges.RemoveAll(charge => charge.UnbookedKey is not null && charge.Kind == ClaimKind.Fee);
        }

        PlanAnew(withdrawn, _day.AddDays(DaysToGiveBack), count: 1, everyMonths: 1);
        var (deferred, earned) = TakeDealerFeeBack();
        fees -= GivenBackOf(financed + deferred + earned);
        if (fees + deferred + earned > 0)
        {
            Post(key, _day, (LedgerAccount.FeeIncome, fees + earned), (LedgerAccount.DealerFeeDeferred, deferred));
            var left = Allocate(key, fees + deferred + earned, _contract.Allocation, Surplus.Next);
            Post(key, _day, (LedgerAccount.BorrowerCredit, -left));
            _credit += left;
        }
    }
}
