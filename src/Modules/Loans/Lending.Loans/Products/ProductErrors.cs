using Lending.Kernel;

namespace Lending.Loans.Products;

/// <summary>The ways in which requests about products can fail.</summary>
internal static class ProductErrors
{
    public static readonly Error NameTaken = new(
        ErrorKind.Conflict,
        "product-name-taken",
        "Another product of the organisation is called so; letter case makes no difference."
    )
    {
        Field = "name",
    };

    public static readonly Error InUse = new(
        ErrorKind.Conflict,
        "product-in-use",
        "Loan offers were made with the product, so it cannot be deleted. Retire it."
    );

    public static readonly Error ConcurrentChange = new(
        ErrorKind.Conflict,
        "concurrent-change",
        "Somebody else changed it at the same time. Read it again."
    );
}
