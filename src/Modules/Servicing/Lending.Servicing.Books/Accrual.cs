using System.Runtime.InteropServices;

namespace Lending.Servicing.Books;

/// <summary>A stretch of time with one balance and one rate.</summary>
/// <param name="Balance">What bears interest.</param>
/// <param name="RatePercent">The annual rate.</param>
/// <param name="Days">How many days it has.</param>
/// <param name="Years">Which part of a year it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stretch(decimal Balance, decimal RatePercent, int Days, decimal Years)
{
    public decimal Exact => Balance * RatePercent * Years / 100;
}

/// <summary>The interest of a period that is under way.</summary>
internal sealed class Accrual(InterestRounding rule, Rounding rounding)
{
    private decimal _exact;
    private decimal _rounded;
    private Stretch _last;

    /// <summary>What there is so far, unrounded.</summary>
    public decimal Exact => _exact + _last.Exact;

    /// <summary>What there is so far, rounded by the rule.</summary>
    public decimal Amount => rule == InterestRounding.Cumulative ? rounding.Of(Exact) : _rounded + Rounded(_last);

    public void Add(Stretch stretch)
    {
        if (stretch.Days == 0)
        {
            return;
        }

        if (stretch.Balance == _last.Balance && stretch.RatePercent == _last.RatePercent)
        {
            _last = _last with { Days = _last.Days + stretch.Days, Years = _last.Years + stretch.Years };
            return;
        }

        Close();
        _last = stretch;
    }

    /// <summary>Adds interest that is known otherwise: the part of a fixed instalment until now.</summary>
    public void AddKnown(decimal exact)
    {
        Close();
        _exact += exact;
        _rounded += rounding.Of(exact);
    }

    public Accrual Copy() => (Accrual)MemberwiseClone();

    private void Close()
    {
        _exact += _last.Exact;
        _rounded += Rounded(_last);
        _last = default;
    }

    private decimal Rounded(Stretch stretch) =>
        stretch.Days == 0 ? rounding.Currency.Zero
        : rule == InterestRounding.EachDay ? stretch.Days * rounding.Of(stretch.Exact / stretch.Days)
        : rounding.Of(stretch.Exact);
}
