namespace Lending.Servicing.Books;

// What is charged, given up and written off.
internal sealed partial class LoanBook
{
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
    private void WaiveRest(string key, LoanEvent happened, bool isPayoff)
    {
        if (_contract.ClosingTolerance == 0)
        {
            return;
        }

        var payoff = PayoffBy(happened, _contract.ClosingTolerance, isPayoff);
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
        var isLoss = false;
        for (var account = LedgerAccount.Principal; account <= LedgerAccount.DefaultInterest; account++)
        {
            var balance = _journal.Balance(account);
            Post(key, _day, (account, -balance), (LedgerAccount.Loss, balance));
            isLoss |= balance != 0;
        }

        // Where nothing is owed nothing is lost, nor is what is paid out later.
        _isWrittenOff |= isLoss;
    }
}
