using System.Net;
using Lending.Testing;

namespace Lending.Customers.Tests;

/// <summary>Calls that many tests make.</summary>
internal static class CustomerCalls
{
    /// <summary>How many customers the client sees.</summary>
    public static async Task<int> CountAsync(this HttpClient client, string query = "") =>
        (await client.GetAsync($"/customers?limit=1&includeTotal=true&{query}", HttpStatusCode.OK)).Json.GetProperty("total").GetInt32();

    /// <summary>A new customer of the client's organisation.</summary>
    public static Task<Answer> CreateCustomerAsync(this HttpClient client) =>
        client.PostAsync("/customers", CustomersFixture.Person(), HttpStatusCode.Created);
}
