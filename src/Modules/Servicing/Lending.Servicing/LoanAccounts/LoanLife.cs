using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>All from which a loan's state on any day follows.</summary>
/// <param name="Contract">What was agreed.</param>
/// <param name="Events">All that was recorded.</param>
/// <param name="BaseRates">Those that are known.</param>
internal sealed record LoanLife(LoanContract Contract, IReadOnlyList<LoanEvent> Events, BaseRates BaseRates)
{
    /// <summary>The state at the end of a day; of one to come, as it will be if nothing else happens.</summary>
    public LoanState At(DateOnly day) => LoanReplay.At(Contract, Events, day, BaseRates);
}
