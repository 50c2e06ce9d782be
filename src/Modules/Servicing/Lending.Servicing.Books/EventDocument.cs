namespace Lending.Servicing.Books;

/// <summary>Something that happens to a loan, as it is written down.</summary>
public sealed record EventDocument
{
    /// <summary>The type of a reversal.</summary>
    public const string Reversal = "reversal";

    /// <summary>The type of a payout.</summary>
    public const string Tranche = "tranche";

    /// <summary>The type of an extra repayment.</summary>
    public const string ExtraRepayment = "extra-repayment";

    /// <summary>The type of a payment that the bank took back.</summary>
    public const string BankReturn = "bank-return";

    /// <summary>The type of a payment of the borrower.</summary>
    public const string Payment = "payment";

    /// <summary>The type of a fee.</summary>
    public const string Fee = "fee";

    /// <summary>The type of a payment that the lender gives.</summary>
    public const string Goodwill = "goodwill";

    /// <summary>The type of a credit that is paid back.</summary>
    public const string CreditRefund = "credit-refund";

    /// <summary>The type of a change of instalments.</summary>
    public const string Reschedule = "reschedule";

    /// <summary>The type of a new plan for all that is owed.</summary>
    public const string ReAge = "re-age";

    /// <summary>The type of a plan with what is overdue in it.</summary>
    public const string ReAmortise = "re-amortise";

    /// <summary>The type of a withdrawal after the payout.</summary>
    public const string Withdrawal = "withdrawal";

    /// <summary>The type of a notice that the loan is called due.</summary>
    public const string Notice = "notice";

    /// <summary>The type of calling a loan due.</summary>
    public const string CallDue = "call-due";

    /// <summary>The type of a write-off.</summary>
    public const string WriteOff = "write-off";

    /// <summary>The type of another base rate. Only simulations have it: no event of a loan is made of it.</summary>
    public const string BaseRate = "base-rate";

    /// <summary>The type of a waiver.</summary>
    public const string Waiver = "waiver";

    /// <summary>
    /// <c>tranche</c>, <c>payment</c>, <c>extra-repayment</c>, <c>fee</c>, <c>penalty</c>, <c>enforcement-costs</c>, <c>default-interest</c>,
    /// <c>installer-refund</c>, <c>goodwill</c>, <c>credit-refund</c>, <c>bank-return</c>, <c>reversal</c>, <c>reschedule</c>, <c>re-age</c>,
    /// <c>re-amortise</c>, <c>withdrawal</c>, <c>notice</c>, <c>call-due</c>, <c>write-off</c>, <c>waiver</c>; in a simulation <c>base-rate</c>, too.
    /// </summary>
    public string Type { get; init; } = "";

    /// <summary>A name by which others refer to it.</summary>
    public string? Id { get; init; }

    /// <summary>The day for which it counts.</summary>
    public DateOnly On { get; init; }

    /// <summary>The money.</summary>
    public decimal Amount { get; init; }

    /// <summary>The event that is reversed or returned.</summary>
    public string? Of { get; init; }

    /// <summary>When a charge is due.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Another rule for the surplus of a payment.</summary>
    public string? Surplus { get; init; }

    /// <summary>Another rule set for a payment.</summary>
    public string? Allocation { get; init; }

    /// <summary>Whether an installer's refund gives interest back.</summary>
    public bool RefundsInterest { get; init; }

    /// <summary>Whether a payment is the whole payoff.</summary>
    public bool IsPayoff { get; init; }

    /// <summary>Whether an extra repayment makes instalments smaller instead of fewer.</summary>
    public bool MakesInstalmentsSmaller { get; init; }

    /// <summary>From which due date on instalments are rescheduled, or the first one of a re-age.</summary>
    public DateOnly? FromDueOn { get; init; }

    /// <summary>How many instalments a reschedule adds, or a re-age makes.</summary>
    public int Count { get; init; }

    /// <summary>How many instalments pay interest alone.</summary>
    public int PrincipalFreeInstalments { get; init; }

    /// <summary>By how many months due dates move.</summary>
    public int ShiftMonths { get; init; }

    /// <summary>Another rate: the loan's from a reschedule on, or the base rate from the day on until the next one.</summary>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>On which day the lender offered to talk before a notice.</summary>
    public DateOnly? TalkOfferedOn { get; init; }

    /// <summary>Why instalments were rescheduled; the books do not read it.</summary>
    public string? Reason { get; init; }

    /// <summary>The document with which the customer consented; the books do not read it.</summary>
    public ConsentDocument? Consent { get; init; }

    /// <summary>The event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="find">Finds the event that another one names.</param>
    /// <exception cref="FormatException">A name is not known, or it refers to no event; the message says which.</exception>
    public LoanEvent ToEvent(Guid id, Func<string?, Guid?> find)
    {
        var (on, amount) = (On, Amount);
        return Type switch
        {
            Tranche => new Disbursed(id, on, amount),
            Payment => Received(PaymentSource.Borrower),
            "installer-refund" => Received(PaymentSource.Installer),
            Goodwill => Received(PaymentSource.Goodwill),
            ExtraRepayment => new Books.ExtraRepayment(id, on, amount) { MakesInstalmentsSmaller = MakesInstalmentsSmaller },
            "fee" => Charge(ClaimKind.Fee),
            "penalty" => Charge(ClaimKind.Penalty),
            "enforcement-costs" => Charge(ClaimKind.EnforcementCosts),
            "default-interest" => Charge(ClaimKind.DefaultInterest),
            CreditRefund => new CreditRefunded(id, on, amount),
            BankReturn => new PaymentReturned(id, on, Referred(), amount),
            Reversal => new EventReversed(id, on, Referred()),
            Reschedule => new Rescheduled(id, on, From())
            {
                AddedInstalments = Count,
                PrincipalFreeInstalments = PrincipalFreeInstalments,
                ShiftMonths = ShiftMonths,
                AnnualRatePercent = AnnualRatePercent,
            },
            ReAge => new ReAged(id, on, From(), Count),
            ReAmortise => new ReAmortised(id, on),
            Withdrawal => new Withdrawn(id, on),
            Notice => new NoticeServed(id, on, TalkOfferedOn ?? throw Names.Unknown("talkOfferedOn", "")),
            CallDue => new CalledDue(id, on),
            WriteOff => new WrittenOff(id, on),
            Waiver => new Waived(id, on, amount),
            _ => throw Names.Unknown("type", Type),
        };

        PaymentReceived Received(PaymentSource source) =>
            new(id, on, amount)
            {
                Source = source,
                Surplus = Surplus is null ? null : (Books.Surplus)Names.IndexOf(Names.Surpluses, Surplus, "surplus"),
                Allocation = Allocation is null ? null : Names.AllocationOf(Allocation),
                RefundsInterest = RefundsInterest,
                IsPayoff = IsPayoff,
            };

        Charged Charge(ClaimKind kind) => new(id, on, kind, amount) { DueOn = DueOn };

        Guid Referred() => find(Of) ?? throw Names.Unknown("of", Of ?? "");

        DateOnly From() => FromDueOn ?? throw Names.Unknown("fromDueOn", "");
    }
}

/// <summary>A document that is kept elsewhere, and cannot be another one: it has its hash.</summary>
public sealed record ConsentDocument
{
    /// <summary>Where the lender keeps it.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Its SHA-256, in hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";
}
