using Lending.Kernel;

namespace Lending.Loans.Terms;

/// <summary>The ways in which the terms of a loan can be wrong, wherever they are given.</summary>
internal static class TermErrors
{
    public static readonly Error AmountScale = Error.Validation(
        "amount-scale",
        "The amount has more decimals than the currency: EUR has two, JPY none, KWD three.",
        "loanAmount"
    );
}
