using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>Something that is owed, and what was paid for it.</summary>
internal sealed class Claim(ClaimKind kind, DateOnly dueOn, decimal amount)
{
    public ClaimKind Kind { get; } = kind;

    public DateOnly DueOn { get; set; } = dueOn;

    public decimal Amount { get; set; } = amount;

    public decimal Paid { get; set; }

    /// <summary>What of the paid was paid before the instalment's due date.</summary>
    public decimal PaidEarly { get; set; }

    /// <summary>What of the paid was paid when it was late.</summary>
    public decimal PaidLate { get; set; }

    /// <summary>The entry that books it, where it is not booked yet.</summary>
    public string? UnbookedKey { get; set; }

    public decimal Open => Amount - Paid;

    public DueTiming TimingOn(DateOnly day) =>
        DueOn < day ? DueTiming.PastDue
        : DueOn == day ? DueTiming.Due
        : DueTiming.InAdvance;
}

/// <summary>An instalment while a loan's life is replayed.</summary>
internal sealed class Instalment
{
    private Instalment(DateOnly from, DateOnly monthStart, DateOnly dueOn)
    {
        From = from;
        MonthStart = monthStart;
        DueOn = dueOn;
        Principal = new Claim(ClaimKind.Principal, dueOn, 0);
        Interest = new Claim(ClaimKind.Interest, dueOn, 0);
    }

    /// <summary>Where its interest begins.</summary>
    public DateOnly From { get; set; }

    /// <summary>Where the month begins that ends with its due date.</summary>
    public DateOnly MonthStart { get; }

    public DateOnly DueOn { get; }

    /// <summary>Principal and interest together, where they are not fixed one by one.</summary>
    public decimal Level { get; set; }

    /// <summary>Whether <see cref="Level"/> was agreed: a tranche does not change it.</summary>
    public bool IsLevelAgreed { get; init; }

    /// <summary>Whether principal and interest are known before the due date.</summary>
    public bool IsFixed { get; set; }

    public bool IsDownPayment { get; init; }

    /// <summary>Whether it pays interest alone.</summary>
    public bool IsPrincipalFree { get; init; }

    /// <summary>Principal on top of the level instalment: what a bank took back.</summary>
    public decimal AddedPrincipal { get; set; }

    /// <summary>Whether its due date has come, or everything was called due.</summary>
    public bool IsDue { get; set; }

    public Claim Principal { get; }

    public Claim Interest { get; }

    public List<Claim> Charges { get; } = [];

    /// <summary>What of an instalment that is due is unpaid and late after a day; a fee that was placed with it may be due later.</summary>
    public decimal OverdueOn(DateOnly day, LoanContract contract) =>
        (contract.LateAfter(Principal.DueOn) <= day ? Principal.Open + Interest.Open : 0)
        + (
            Charges.Count == 0
                ? 0
                : Charges.Sum(claim => claim.Kind == ClaimKind.Fee && contract.LateAfter(claim.DueOn) <= day ? claim.Open : 0)
        );

    /// <summary>What makes the borrower late while it is unpaid.</summary>
    public IEnumerable<Claim> OwedOnTime => Charges.Where(claim => claim.Kind == ClaimKind.Fee).Append(Interest).Append(Principal);

    public bool IsPaid => Principal.Open == 0 && Interest.Open == 0 && Charges.TrueForAll(claim => claim.Open == 0);

    public decimal Total => Principal.Amount + Interest.Amount + Charges.Sum(claim => claim.Amount);

    public IEnumerable<Claim> Claims => Charges.Append(Interest).Append(Principal);

    public static Instalment Of(PlannedInstalment plan, DateOnly from, DateOnly? dueBefore, int monthsLater)
    {
        var dueOn = plan.DueOn.AddMonths(monthsLater);
        return new(from, plan.MonthStart?.AddMonths(monthsLater) ?? MonthStartOf(dueOn, dueBefore), dueOn)
        {
            Level = plan.Payment ?? 0,
            IsLevelAgreed = plan.Payment is not null,
        };
    }

    public static Instalment At(DateOnly from, DateOnly dueOn, DateOnly? monthStart = null) =>
        new(from, monthStart ?? MonthStartOf(dueOn, from), dueOn);

    public static Instalment DownPaymentOn(DateOnly day) =>
        new(day, day, day)
        {
            IsFixed = true,
            IsDownPayment = true,
            IsDue = true,
        };

    /// <summary>The same instalment on another day.</summary>
    public Instalment Moved(DateOnly from, int months, bool isPrincipalFree = false) =>
        new(from, MonthStart.AddMonths(months), DueOn.AddMonths(months))
        {
            Level = Level,
            IsLevelAgreed = IsLevelAgreed,
            IsFixed = IsFixed,
            IsPrincipalFree = isPrincipalFree,
        };

    /// <summary>
    /// Which part of a year lies between two days. Where months are twelfths, days are parts of the real month that ends with the due date, or of a
    /// month before it.
    /// </summary>
    public decimal Years(DayCount dayCount, DateOnly from, DateOnly to)
    {
        if (!dayCount.CountsMonthsAsTwelfths())
        {
            return dayCount.YearFraction(from, to).Value;
        }

        var months = 0m;
        var (start, end) = (MonthStart, DueOn);
        for (var back = 1; ; back++)
        {
            var days = Math.Min(to.DayNumber, end.DayNumber) - Math.Max(from.DayNumber, start.DayNumber);
            months += days > 0 ? (decimal)days / (end.DayNumber - start.DayNumber) : 0;
            if (from >= start)
            {
                return months / 12;
            }

            (start, end) = (MonthStart.AddMonths(-back), start);
        }
    }

    private static DateOnly MonthStartOf(DateOnly dueOn, DateOnly? before) =>
        before is { } day && dueOn.DayNumber - day.DayNumber is >= 28 and <= 31 ? day : dueOn.AddMonths(-1);
}
