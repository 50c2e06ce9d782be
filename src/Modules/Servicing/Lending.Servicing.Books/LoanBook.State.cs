namespace Lending.Servicing.Books;

internal sealed partial class LoanBook
{
    public LoanState State()
    {
        // Before the plan to come is drawn, which moves the instalments on.
        var arrears = ArrearsToday();
        var state = new LoanState
        {
            AsOf = _asOf,
            Status = Status(),
            Disbursed = _disbursed + Zero,
            PrincipalOutstanding = _principal + Zero,
            InterestDue = OpenOf(ClaimKind.Interest),
            InterestPaidInAdvance = _instalments.Sum(instalment => instalment.Interest.DueOn > _asOf ? instalment.Interest.Paid : 0) + Zero,
            InterestAccrued = _accrual.Amount + Zero,
            Fees = OpenOf(ClaimKind.Fee),
            Penalties = OpenOf(ClaimKind.Penalty),
            EnforcementCosts = OpenOf(ClaimKind.EnforcementCosts),
            DefaultInterest = OpenOf(ClaimKind.DefaultInterest),
            DueBesideInstalments =
                Owing
                    .Where(claim => claim.Kind is ClaimKind.DefaultInterest or ClaimKind.EnforcementCosts && claim.DueOn <= _asOf)
                    .Sum(claim => claim.Open) + Zero,
            OldestChargeDueOn = Owing
                .Where(claim => claim.Kind is ClaimKind.DefaultInterest or ClaimKind.EnforcementCosts or ClaimKind.Penalty)
                .Where(claim => claim.Open > 0 && claim.DueOn <= _asOf)
                .Min(claim => (DateOnly?)claim.DueOn),
            Credit = _credit + Zero,
            Schedule = [],
            Versions = _versions,
            Entries = _journal.Entries(),
            Allocations = _allocations,
            Arrears = arrears,
            Problems = _problems,
            AnnualRatePercent = _rate,
            NoticeServedOn = _noticeServedOn,
            NextOn = NextDay(arrears),
            BaseRateMissingFrom = _baseRateMissingFrom,
        };
        Project();
        return state with { Schedule = Schedule() };
    }

    /// <summary>Each plan so far, as it stood when it was made.</summary>
    public IReadOnlyList<SchedulePlan> Plans() =>
        _versions.ConvertAll(version =>
        {
            var count = _applied.FindIndex(happened => happened.Id == version.Cause) + 1;
            var then = new LoanBook(_contract, [.. _applied.Take(count)], version.EffectiveOn, _baseRates, _interestAtPayoffs);
            then.Run();
            return new SchedulePlan(version, then.State().Schedule);
        });

    /// <summary>Draws the plan to come: arrears as if they were paid today, and everything else on its due date.</summary>
    private void Project()
    {
        _isProjecting = true;
        if (!IsStarted)
        {
            return;
        }

        while (Current is { } current)
        {
            AdvanceTo(current.DueOn > _day ? current.DueOn : _day);
        }
    }

    private DateOnly? NextDay(Arrears arrears)
    {
        if (!IsStarted)
        {
            return null;
        }

        DateOnly? oldest = arrears.Instalments is [var first, ..] ? first.DueOn : null;
        var older = oldest is { } since ? ArrearsBucket.NextDay(since, _asOf, ArrearsBucket.Usual) : null;
        return new[] { NextStop(), older, NextDayInArrears(oldest) }.Min();
    }

    // The next day on which the borrower comes into arrears with what is due now; where they are in arrears, with what counts for longer than those, as a fee that was placed with an older instalment.
    private DateOnly? NextDayInArrears(DateOnly? oldest) =>
        _instalments
            .Where(instalment => instalment.IsDue && (oldest is null || instalment.DueOn < oldest))
            .SelectMany(instalment => instalment.OwedOnTime.Where(claim => claim.Open > 0), ArrearsFrom)
            .Where(day => day > _asOf)
            .Min(day => (DateOnly?)day);

    // A fee may be due later than the instalment with which it was placed.
    private DateOnly ArrearsFrom(Instalment instalment, Claim claim)
    {
        var (afterInstalment, afterClaim) = (_contract.LateAfter(instalment.DueOn).AddDays(1), _contract.LateAfter(claim.DueOn));
        return afterInstalment > afterClaim ? afterInstalment : afterClaim;
    }

    private LoanStatus Status()
    {
        if (!IsStarted)
        {
            return LoanStatus.AwaitingDisbursement;
        }

        var isPaid = _principal == 0 && Owed == 0 && _accrual.Amount == 0;
        return isPaid && _disbursed >= _contract.Principal ? LoanStatus.Settled
            : isPaid && !ToCome.Any() ? LoanStatus.Settled
            : _isWrittenOff ? LoanStatus.WrittenOff
            : _isCalledDue ? LoanStatus.CalledDue
            : _isWithdrawn ? LoanStatus.Withdrawn
            : _disbursed < _contract.Principal ? LoanStatus.PartlyDisbursed
            : LoanStatus.Active;
    }

    // Of fixed instalments to come, interest is not owed yet.
    private decimal OpenOf(ClaimKind kind) =>
        Owing.Where(claim => claim.Kind == kind && (kind != ClaimKind.Interest || claim.DueOn <= _asOf)).Sum(claim => claim.Open) + Zero;

    private Arrears ArrearsToday()
    {
        var overdue = _instalments
            .Select((instalment, index) => (Instalment: instalment, Number: index + 1))
            .Where(place => place.Instalment.IsDue && _contract.LateAfter(place.Instalment.DueOn) < _asOf)
            .Select(place => new OverdueInstalment(place.Instalment.DueOn, place.Number, place.Instalment.OverdueOn(_asOf, _contract)))
            .Where(overdue => overdue.Open > 0)
            // What a withdrawal makes due comes before instalments that were there already.
            .OrderBy(overdue => overdue.DueOn)
            .ToList();
        var (longest, run, last) = (0, 0, 0);
        foreach (var number in overdue.Select(place => place.Instalment).Order())
        {
            run = number == last + 1 ? run + 1 : 1;
            last = number;
            longest = Math.Max(longest, run);
        }

        return new(
            overdue.Count == 0 ? 0 : _asOf.DayNumber - overdue[0].DueOn.DayNumber,
            overdue.Sum(place => place.Open) + Zero,
            overdue,
            longest
        );
    }

    private List<ScheduledInstalment> Schedule()
    {
        if (!IsStarted)
        {
            return Planned();
        }

        var rows = _instalments.Where(instalment => instalment.Total != 0 || instalment.IsPrincipalFree).ToList();
        var balance = rows.Sum(row => row.Principal.Amount);
        return
        [
            .. rows.Select(
                (row, index) =>
                    new ScheduledInstalment(
                        index + 1,
                        row.DueOn,
                        row.Principal.Amount + Zero,
                        row.Interest.Amount + Zero,
                        Sum(row, ClaimKind.Fee),
                        Sum(row, ClaimKind.Penalty),
                        row.Principal.Paid + Zero,
                        row.Interest.Paid + Zero,
                        row.Claims.Sum(claim => claim.Paid) + Zero,
                        row.Claims.Sum(claim => claim.PaidEarly) + Zero,
                        row.Claims.Sum(claim => claim.PaidLate) + Zero,
                        (balance -= row.Principal.Amount) + Zero,
                        row.DueOn <= _asOf
                    )
            ),
        ];

        decimal Sum(Instalment row, ClaimKind kind) => row.Charges.Sum(claim => claim.Kind == kind ? claim.Amount : 0) + Zero;
    }

    /// <summary>Before anything is paid out: what was agreed, where it was agreed to the cent.</summary>
    private List<ScheduledInstalment> Planned()
    {
        var balance = _contract.Instalments.Sum(plan => plan.Principal ?? 0);
        return
        [
            .. _contract.Instalments.Select(
                (plan, index) =>
                    new ScheduledInstalment(
                        index + 1,
                        plan.DueOn,
                        (plan.Principal ?? 0) + Zero,
                        (plan.Interest ?? 0) + Zero,
                        _contract.MonthlyFee + Zero,
                        Zero,
                        Zero,
                        Zero,
                        Zero,
                        Zero,
                        Zero,
                        (balance -= plan.Principal ?? 0) + Zero,
                        IsDue: false
                    )
            ),
        ];
    }
}
