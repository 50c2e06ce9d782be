using System.Text.Json.Serialization;

namespace Lending.Loans.Amortization;

/// <summary>How a loan's instalments are computed.</summary>
internal enum ScheduleMethod
{
    [JsonStringEnumMemberName("equal-instalments")]
    EqualInstalments,

    [JsonStringEnumMemberName("declining-balance")]
    DecliningBalance,

    [JsonStringEnumMemberName("equal-principal")]
    EqualPrincipal,
}
