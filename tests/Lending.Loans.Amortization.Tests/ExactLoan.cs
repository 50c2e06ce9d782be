using System.Numerics;

namespace Lending.Loans.Amortization.Tests;

/// <summary>
/// The unrounded annuity loan in exact fractions of integers, independent of the product's arithmetic.
/// With 1+i = p/q: a = P·p^n·(p−q) / (q·(p^n−q^n)) and B(k) = P·(p^n − p^k·q^(n−k)) / (p^n−q^n).
/// </summary>
internal sealed class ExactLoan
{
    private readonly LoanTerms _terms;
    private readonly BigInteger _p;
    private readonly BigInteger _q = 1_200_000_000;
    private readonly BigInteger _grown;
    private readonly BigInteger _denominator;
    private readonly BigInteger _amount;

    public ExactLoan(LoanTerms terms)
    {
        _terms = terms;
        _p = _q + (BigInteger)(terms.AnnualRatePercent * 1_000_000);
        var divisor = BigInteger.GreatestCommonDivisor(_p, _q);
        _p /= divisor;
        _q /= divisor;
        _grown = BigInteger.Pow(_p, terms.TermMonths);
        _denominator = _grown - BigInteger.Pow(_q, terms.TermMonths);
        _amount = (BigInteger)(terms.Amount / terms.Currency.MinorUnit);
    }

    /// <summary>A: the payment rounded half to even.</summary>
    public decimal RoundedPayment()
    {
        var (numerator, denominator) = Payment();
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var comparison = (2 * remainder).CompareTo(denominator);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven))
        {
            quotient++;
        }

        return (decimal)quotient * _terms.Currency.MinorUnit;
    }

    /// <summary>a, cut after 20 decimals.</summary>
    public decimal PaymentToTwentyDecimals()
    {
        var (numerator, denominator) = Payment();
        return Quotient(numerator, denominator, 20 - _terms.Currency.MinorUnitDigits);
    }

    /// <summary>B(0) … B(n), cut after 12 decimals of a minor unit.</summary>
    public decimal[] Balances()
    {
        var balances = new decimal[_terms.TermMonths + 1];
        if (_terms.IsInterestFree)
        {
            for (var k = 0; k < balances.Length; k++)
            {
                balances[k] = Quotient(_amount * (_terms.TermMonths - k), _terms.TermMonths, 12);
            }

            return balances;
        }

        var mixed = _grown - _denominator;
        for (var k = 0; k < balances.Length; k++)
        {
            balances[k] = Quotient(_amount * (_grown - mixed), _denominator, 12);
            mixed = mixed * _p / _q;
        }

        return balances;
    }

    private (BigInteger Numerator, BigInteger Denominator) Payment() =>
        _terms.IsInterestFree ? (_amount, _terms.TermMonths) : (_amount * _grown * (_p - _q), _q * _denominator);

    private decimal Quotient(BigInteger numerator, BigInteger denominator, int decimals)
    {
        var scaled = BigInteger.Divide(numerator * BigInteger.Pow(10, decimals), denominator);
        var result = (decimal)scaled * _terms.Currency.MinorUnit;
        for (; decimals > 0; decimals--)
        {
            result /= 10;
        }

        return result;
    }
}
