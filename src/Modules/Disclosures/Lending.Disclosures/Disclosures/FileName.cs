namespace Lending.Disclosures.Disclosures;

/// <summary>What files of forms are called.</summary>
internal static class FileName
{
    public static string Of(Disclosure disclosure) => $"credit-information-{disclosure.Id}-{disclosure.Language}.pdf";
}
