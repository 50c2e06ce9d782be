namespace Lending.Servicing.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class ServicingPermission
{
    /// <summary>Read loan accounts; customers read their own.</summary>
    public const string Read = "servicing:read";

    /// <summary>Record payments and what else happens to a loan, and reverse it.</summary>
    public const string Post = "servicing:post";

    /// <summary>Ask for payouts and confirm those of others, and pay credits back.</summary>
    public const string Payout = "servicing:payout";

    /// <summary>Give up what is owed: write-offs, waivers, goodwill.</summary>
    public const string WriteOff = "servicing:writeoff";

    /// <summary>Read the trial balance, export the journal, and set what holds for the whole organisation: numbers of accounts, levels of dunning.</summary>
    public const string Ledger = "servicing:ledger";

    /// <summary>Enter base rates, which hold for all organisations. Only administrators of the platform's own organisation have it.</summary>
    public const string BaseRates = "servicing:base-rates";
}
