namespace Lending.Servicing.Books;

// What is booked, and on which account.
internal sealed partial class LoanBook
{
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

    // What is placed with an instalment that is paid opens it again.
    private Instalment PlaceOf(DateOnly day)
    {
        var place = _instalments.FindIndex(instalment => instalment.DueOn >= day);
        place = place < 0 ? _instalments.Count - 1 : place;
        _settled = Math.Min(_settled, place);
        return _instalments[place];
    }

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
}
