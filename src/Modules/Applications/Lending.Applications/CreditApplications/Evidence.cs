namespace Lending.Applications.CreditApplications;

/// <summary>What has to be proved before an application is decided on: incomes (Art. 18 of Directive (EU) 2023/2225).</summary>
internal static class Evidence
{
    /// <summary>The paths of figures that are not proved.</summary>
    public static IReadOnlyList<string> MissingIn(ApplicationDetails details)
    {
        var missing = new List<string>();
        Check(details.First?.NetIncome, "first.netIncome");
        Check(details.Second?.NetIncome, "second.netIncome");
        return missing;

        void Check(Figure? figure, string path)
        {
            // Nobody can prove that they earn nothing.
            if (figure is { Amount: > 0, IsProved: false })
            {
                missing.Add(path);
            }
        }
    }
}
