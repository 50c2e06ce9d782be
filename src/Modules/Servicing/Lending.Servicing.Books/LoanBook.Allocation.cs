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
        var open = OpenClaims(isInAdvanceOf);
        if (open.Count == 0 && !isInAdvanceOf)
        {
            return amount;
        }

        foreach (var step in rules.Steps)
        {
            if (amount <= 0)
            {
                break;
            }

            foreach (var (claim, _) in ClaimsOf(step, open, surplus))
            {
                if (claim.Open > 0 && step.Timings.Contains(claim.TimingOn(_day)))
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

    /// <summary>What is open, in the order of <see cref="Owing"/>, each with the place of its instalment; -1: it belongs to none.</summary>
    private List<(Claim Claim, int Place)> OpenClaims(bool isInAdvanceOf)
    {
        var open = new List<(Claim, int)>();
        foreach (var charge in OpenCharges)
        {
            if (charge.Kind is ClaimKind.EnforcementCosts or ClaimKind.DefaultInterest)
            {
                Add(charge, -1);
            }
        }

        Add(_defaultInterest, -1);
        // A charge may be due before the instalment with which it is paid.
        var isWithAll = isInAdvanceOf || OpenCharges.Any();
        for (var place = FirstUnsettled(); place < _instalments.Count; place++)
        {
            var instalment = _instalments[place];
            if (!isWithAll && !instalment.IsDue && instalment.DueOn > _day)
            {
                break;
            }

            foreach (var charge in instalment.Charges)
            {
                Add(charge, place);
            }

            Add(instalment.Interest, place);
            Add(instalment.Principal, place);
        }

        return open;

        void Add(Claim claim, int place)
        {
            if ((isInAdvanceOf || claim.DueOn <= _day) && claim.Open > 0)
            {
                open.Add((claim, place));
            }
        }
    }

    private IEnumerable<(Claim Claim, int Place)> ClaimsOf(AllocationStep step, List<(Claim Claim, int Place)> open, Surplus? surplus)
    {
        var owing = open.FindAll(owed => step.Kinds.Contains(owed.Claim.Kind) && !IsSpread(owed.Claim));
        if (owing.Count <= 1)
        {
            return owing;
        }

        if (!step.ByInstalment)
        {
            return step.Kinds.SelectMany(kind => owing.Where(owed => owed.Claim.Kind == kind));
        }

        var byInstalment = owing
            .Where(owed => owed.Place >= 0)
            .OrderBy(owed => owed.Place)
            .ThenBy(owed => step.Kinds.TakeWhile(kind => kind != owed.Claim.Kind).Count())
            .ToList();
        var others = owing.Where(owed => owed.Place < 0);
        return others.Concat(surplus == Surplus.Last ? DueThenFromTheEnd(byInstalment) : byInstalment);

        bool IsSpread(Claim claim) => surplus == Surplus.Spread && claim.Kind == ClaimKind.Principal && claim.DueOn > _day;
    }

    private IEnumerable<(Claim Claim, int Place)> DueThenFromTheEnd(List<(Claim Claim, int Place)> claims) =>
        claims.Where(owed => owed.Claim.DueOn <= _day).Concat(claims.Where(owed => owed.Claim.DueOn > _day).Reverse());

    private decimal Pay(string key, Claim claim, decimal amount)
    {
        if (amount == 0)
        {
            return 0;
        }

        Book(claim);
        // Before it is paid, and its instalment with it.
        var due = DueOnOf(claim);
        claim.Paid += amount;
        claim.PaidEarly += _day < due ? amount : 0;
        claim.PaidLate += _day > _contract.LateAfter(due) ? amount : 0;
        _principal -= claim.Kind == ClaimKind.Principal ? amount : 0;
        _byKind[claim.Kind] = _byKind.GetValueOrDefault(claim.Kind) + amount;
        Post(key, _day, (AccountOf(claim.Kind), -amount));
        return amount;
    }

    // That of its instalment, if it has one: a charge may be due at another time.
    private DateOnly DueOnOf(Claim claim)
    {
        for (var place = FirstUnsettled(); place < _instalments.Count; place++)
        {
            var instalment = _instalments[place];
            if (instalment.Principal == claim || instalment.Interest == claim || instalment.Charges.Contains(claim))
            {
                return instalment.DueOn;
            }
        }

        return claim.DueOn;
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

        var toCome = PrincipalToCome;
        var paid = Math.Min(amount, toCome);
        RepayPrincipal(key, paid);
        if (surplus is Surplus.Next or Surplus.Shorter or Surplus.Smaller)
        {
            var today = _instalments.Find(instalment => instalment.IsDue && instalment.DueOn == _day && !instalment.IsDownPayment);
            if (today is not null && surplus != Surplus.Next)
            {
                today.Principal.Amount += paid;
                today.Principal.Paid += paid;
                ReduceCosts(key, paid, toCome);
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
