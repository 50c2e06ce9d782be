using Lending.Kernel;

namespace Lending.Loans.Products;

/// <summary>The ways in which requests about products can fail.</summary>
internal static class ProductErrors
{
    public static readonly Error NameTaken = Error.Conflict(
        "product-name-taken",
        "Another product of the organisation is called so; letter case makes no difference.",
        "name"
    );

    public static readonly Error InUse = Error.Conflict(
        "product-in-use",
        "Loan offers were made with the product, so it cannot be deleted. Retire it."
    );

    public static readonly Error Unknown = Error.Validation(
        "unknown-product",
        "There is no such product, or none that you may use.",
        "productId"
    );

    public static readonly Error Retired = Error.Validation(
        "product-retired",
        "The product is retired: nothing new is made with it.",
        "productId"
    );

    public static readonly Error CurrencyMismatch = Error.Validation(
        "currency-mismatch",
        "The product lends in another currency.",
        "productId"
    );

    public static readonly Error AmountOutside = Error.Validation(
        "amount-outside-product",
        "The product does not lend this amount.",
        "loanAmount"
    );

    public static readonly Error TermOutside = Error.Validation(
        "term-outside-product",
        "The product does not lend for so many months.",
        "termMonths"
    );

    public static readonly Error NoRateForTerms = Error.Validation(
        "no-rate-for-terms",
        "The product has no rate for this amount and term.",
        "productId"
    );
}
