using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Payments.Tests;

/// <summary>What staff of an organisation asks for in tests of several folders.</summary>
internal static class StaffRequests
{
    /// <summary>Hands in a file of the bank.</summary>
    public static Task<Answer> ImportAsync(this HttpClient staff, string content) =>
        staff.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK);

    /// <summary>What a person still has to look at.</summary>
    public static async Task<List<JsonElement>> WorkItemsAsync(this HttpClient staff) =>
        [.. (await staff.GetAsync("/work-items?status=OPEN", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];
}
