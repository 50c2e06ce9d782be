namespace Lending.Disclosures.Settings;

/// <summary>The law that the organisation's credits are under, as far as the pre-contractual information is concerned.</summary>
internal enum DisclosureRegime
{
    /// <summary>None that asks for it: customers can accept without.</summary>
    None,

    /// <summary>Directive (EU) 2023/2225: no acceptance without the form of the very version that is accepted.</summary>
    Ccd2,
}
