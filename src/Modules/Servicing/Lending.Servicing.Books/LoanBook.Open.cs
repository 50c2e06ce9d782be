namespace Lending.Servicing.Books;

// What is to come, and what is due and not paid.
internal sealed partial class LoanBook
{
    // Set back by all that may open a paid instalment again.
    private int _settled;

    // What was paid of a charge stays paid.
    private int _settledCharges;

    private IEnumerable<Instalment> ToCome => _instalments.Skip(FirstToCome());

    private Instalment? Current => FirstToCome() is var place && place < _instalments.Count ? _instalments[place] : null;

    private decimal OverduePrincipal => SumOfDue(instalment => instalment.Principal.Open);

    /// <summary>Charges that are not booked yet, or of which something may be unpaid.</summary>
    private IEnumerable<Claim> OpenCharges => _charges.Skip(FirstOpenCharge());

    /// <summary>Principal that is neither repaid nor due.</summary>
    private decimal PrincipalToCome => _principal - OverduePrincipal;

    /// <summary>Whether instalments to come have interest, or will have.</summary>
    private bool BearsInterest => _rate != 0 || ToCome.Any(instalment => instalment.Interest.Amount != 0);

    /// <summary>
    /// Sums something of instalments that are due and not paid. A long life has hundreds that are paid or to come, and asks with each payment.
    /// </summary>
    private decimal SumOfDue(Func<Instalment, decimal> amount)
    {
        var sum = 0m;
        for (var index = FirstUnsettled(); index < _instalments.Count && _instalments[index].IsDue; index++)
        {
            sum += amount(_instalments[index]);
        }

        return sum;
    }

    /// <summary>The first day after this one after which something is late that is due; null: all of it is late already.</summary>
    private DateOnly? NextLateAfter(DateOnly day)
    {
        DateOnly? next = null;
        for (var index = FirstUnsettled(); index < _instalments.Count && _instalments[index].IsDue; index++)
        {
            foreach (var claim in _instalments[index].OwedOnTime)
            {
                if (claim.Open > 0 && _contract.LateAfter(claim.DueOn) is var late && late > day)
                {
                    next = Earlier(next, late);
                }
            }
        }

        return next;
    }

    /// <summary>The place before which all instalments are due and paid.</summary>
    private int FirstUnsettled()
    {
        while (_settled < _instalments.Count && _instalments[_settled] is { IsDue: true, IsPaid: true })
        {
            _settled++;
        }

        return _settled;
    }

    /// <summary>The place of the first instalment that is not due: those that are due come before all that are not.</summary>
    private int FirstToCome()
    {
        var place = FirstUnsettled();
        while (place < _instalments.Count && _instalments[place].IsDue)
        {
            place++;
        }

        return place;
    }

    private int FirstOpenCharge()
    {
        while (_settledCharges < _charges.Count && _charges[_settledCharges] is { UnbookedKey: null, Open: 0 })
        {
            _settledCharges++;
        }

        return _settledCharges;
    }
}
