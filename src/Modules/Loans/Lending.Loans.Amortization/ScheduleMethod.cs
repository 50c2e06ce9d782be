namespace Lending.Loans.Amortization;

/// <summary>How a schedule is computed. Each method has a version, which changes whenever its results do (decision records 0005 and 0032).</summary>
public enum ScheduleMethod
{
    /// <summary>Every instalment is the rounded annuity; balances are exact balances, rounded.</summary>
    EqualInstalments,

    /// <summary>Interest is what the balance costs for the period, rounded; the last instalment takes the rest.</summary>
    DecliningBalance,

    /// <summary>The same principal each month, so instalments fall.</summary>
    EqualPrincipal,
}

/// <summary>The methods' names, as they are written in requests, answers and stored offers.</summary>
public static class ScheduleMethods
{
    private static readonly string[] _names = ["equal-instalments", "declining-balance", "equal-principal"];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => _names;

    /// <summary>What the method is called.</summary>
    public static string Name(this ScheduleMethod method) => _names[(int)method];

    /// <summary>The version that is stamped on results; a golden file fails when results change and this does not.</summary>
    public static int Version(this ScheduleMethod method) =>
        method switch
        {
            ScheduleMethod.EqualInstalments => 1,
            ScheduleMethod.DecliningBalance => 1,
            ScheduleMethod.EqualPrincipal => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such method."),
        };

    /// <summary>Finds the method of this name; false, and the default one, where there is none.</summary>
    public static bool TryFind(string? name, out ScheduleMethod method)
    {
        var index = Array.IndexOf(_names, name);
        method = (ScheduleMethod)Math.Max(index, 0);
        return index >= 0;
    }
}
