namespace Lending.Servicing.Books;

/// <summary>Which law a contract is under. It stays with the contract, whatever changes later.</summary>
public enum RegulatoryRegime
{
    /// <summary>§§ 491 ff. BGB after Directive 2008/48/EC: accepted before 20 November 2026.</summary>
    Ccd1,

    /// <summary>§§ 491 ff. BGB after Directive (EU) 2023/2225.</summary>
    Ccd2,
}

/// <summary>
/// What German law makes of who borrows and of what secures the loan. It is frozen at the acceptance, and the one place that knows where the law differs. A
/// lawyer has not read it.
/// </summary>
/// <param name="IsConsumers">Whether a consumer borrows: §§ 491 to 505 BGB are for consumers alone.</param>
/// <param name="IsSecuredByLand">Whether land secures the loan.</param>
public sealed record LoanLaw(bool IsConsumers, bool IsSecuredByLand)
{
    /// <summary>A consumer's loan that land does not secure.</summary>
    public static LoanLaw OfConsumer { get; } = new(IsConsumers: true, IsSecuredByLand: false);

    /// <summary>Which state of the law holds.</summary>
    public RegulatoryRegime Regime { get; init; } = RegulatoryRegime.Ccd2;

    /// <summary>
    /// Whether forbearance is offered before anything is enforced (Directive (EU) 2023/2225, Art. 35). Contracts of before keep the law of before, and
    /// § 497a BGB is for consumers.
    /// </summary>
    public bool AsksForForbearance => IsConsumers && Regime == RegulatoryRegime.Ccd2;

    /// <summary>Whether the rules for consumers' loans that are secured by land hold, instead of those for all others of consumers.</summary>
    public bool IsConsumersSecuredByLand => IsConsumers && IsSecuredByLand;

    /// <summary>In which order payments pay: § 497(3) BGB, but not for businesses and (§ 497(4)) where land secures the loan.</summary>
    public AllocationRuleSet Allocation => IsConsumers && !IsSecuredByLand ? AllocationRuleSets.Bgb497 : AllocationRuleSets.Bgb367;

    /// <summary>
    /// What overdue amounts bear. The nine points of § 288(2) BGB are for what is paid in return for something, which the repayment of a loan is not: businesses
    /// owe five, too.
    /// </summary>
    public DefaultInterestRule DefaultInterest => IsConsumersSecuredByLand ? DefaultInterestRule.Bgb497Land : DefaultInterestRule.Bgb288;

    /// <summary>Whether compensation for early repayment is that of § 502(3) BGB. What others owe by their contract is not computed.</summary>
    public bool HasCappedCompensation => IsConsumers && !IsSecuredByLand;

    /// <summary>
    /// Whether the borrower is late enough for the notice before the loan is called due. Of consumers, § 498(1) no. 1 BGB: at least two instalments in a row are
    /// wholly or partly overdue, and all in all 10 % of the nominal amount (5 % where the term is more than three years; 2.5 % where land secures the loan). Of
    /// others, anything that is overdue (§ 314(2) BGB).
    /// </summary>
    public bool AllowsNotice(Arrears arrears, decimal nominal, int termMonths)
    {
        if (!IsConsumers)
        {
            return arrears.Amount > 0;
        }

        var percent =
            IsSecuredByLand ? 2.5m
            : termMonths > 36 ? 5m
            : 10m;
        return arrears.ConsecutiveInstalments >= 2 && arrears.Amount >= nominal * percent / 100;
    }
}
