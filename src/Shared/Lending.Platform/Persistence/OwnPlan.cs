namespace Lending.Platform.Persistence;

/// <summary>
/// Has PostgreSQL plan a query for the values that it comes with: <c>TagWith(OwnPlan.Tag)</c>. Of a prepared statement it may else keep one plan for
/// all values, and one that suits what many rows fit walks over the whole table for what hardly any fits.
/// </summary>
public static class OwnPlan
{
    /// <summary>What such a query is tagged with.</summary>
    public const string Tag = "Planned for its values.";

    // Both travel with the query, and if it fails the setting is rolled back with it.
    internal const string Begin = "SET plan_cache_mode = force_custom_plan";
    internal const string End = "RESET plan_cache_mode";
}
