using Lending.Kernel;

namespace Lending.Disclosures;

/// <summary>The ways in which requests about disclosures can fail.</summary>
internal static class DisclosureErrors
{
    public static readonly Error SettingsMissing = Error.Conflict(
        "disclosure-settings-missing",
        "The form names the creditor's address and more: an administrator has to set it first (PUT /disclosure-settings)."
    );

    public static readonly Error OfferNotOpen = Error.Conflict(
        "offer-not-open",
        "The loan offer is neither pending nor approved: nothing has to be said before it is accepted."
    );

    /// <summary>What keeps a customer from accepting.</summary>
    public static readonly Error Missing = Error.Conflict(
        "disclosure-missing",
        "The customer has to be given the pre-contractual information of this version of the offer first. A mail that did not arrive has given nothing."
    );
}
