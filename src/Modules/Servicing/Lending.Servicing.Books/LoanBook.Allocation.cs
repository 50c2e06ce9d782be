namespace Lending.Servicing.Books;

// In which order money pays what is owed.
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
}
