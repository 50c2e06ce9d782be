namespace Lending.Loans.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class LoansPermission
{
    /// <summary>Read loan offers, their schedule and history.</summary>
    public const string OffersRead = "offers:read";

    /// <summary>Create, change and delete loan offers.</summary>
    public const string OffersWrite = "offers:write";

    /// <summary>Approve and reject loan offers.</summary>
    public const string OffersDecide = "offers:decide";

    /// <summary>Pay out the loans of accepted offers.</summary>
    public const string OffersDisburse = "offers:disburse";

    /// <summary>Approve loan offers of the amounts that the organisation leaves to underwriters.</summary>
    public const string OffersUnderwrite = "offers:underwrite";

    /// <summary>Accept, decline and withdraw from loan offers, as the customer they are made to.</summary>
    public const string OffersAccept = "offers:accept";

    /// <summary>Read and write comments on loan offers.</summary>
    public const string OffersComment = "offers:comment";

    /// <summary>Read loan products.</summary>
    public const string ProductsRead = "products:read";

    /// <summary>Create, change, retire and delete loan products.</summary>
    public const string ProductsWrite = "products:write";
}
