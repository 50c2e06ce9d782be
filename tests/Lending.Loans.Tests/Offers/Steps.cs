namespace Lending.Loans.Tests.Offers;

/// <summary>The ways into each state of an offer, as the API names them.</summary>
internal static class Steps
{
    public static readonly string[] All = ["approve", "reject", "disburse"];

    public static readonly object Body = new { comment = "because" };

    public static string[] To(string status) =>
        status switch
        {
            "PENDING" => [],
            "APPROVED" => ["approve"],
            "REJECTED" => ["reject"],
            "DISBURSED" => ["approve", "disburse"],
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such state."),
        };
}
