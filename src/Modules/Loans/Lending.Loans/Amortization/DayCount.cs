using System.Text.Json.Serialization;

namespace Lending.Loans.Amortization;

/// <summary>How days are counted.</summary>
internal enum DayCount
{
    [JsonStringEnumMemberName("30/360")]
    Thirty360,

    [JsonStringEnumMemberName("30E/360")]
    ThirtyE360,

    [JsonStringEnumMemberName("actual/365f")]
    Actual365Fixed,

    [JsonStringEnumMemberName("actual/360")]
    Actual360,

    [JsonStringEnumMemberName("actual/actual-isda")]
    ActualActualIsda,

    [JsonStringEnumMemberName("actual/actual-icma")]
    ActualActualIcma,
}
