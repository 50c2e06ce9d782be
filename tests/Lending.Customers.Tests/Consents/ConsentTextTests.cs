using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Customers.Tests.Consents;

/// <summary>Which text somebody consented to.</summary>
public sealed class ConsentTextTests(CustomersFixture host)
{
    [Fact]
    public async Task The_text_that_was_shown_is_named_by_hash_and_language_wherever_the_consent_is_read()
    {
        var customer = await CustomerAsync();
        var hash = new string('a', 64);

        var given = await customer.Client.PostAsync(customer.Path, Shown(hash, "de-AT"), HttpStatusCode.Created);
        await customer.Client.PostAsync(customer.Path, new { purpose = "sms", textVersion = "2026-03" }, HttpStatusCode.Created);

        given["textHash"].ShouldBe(hash);
        given["locale"].ShouldBe("de-AT");
        var copy = await customer.Client.GetAsync($"/customers/{customer.Id}/export", HttpStatusCode.OK);
        var list = await customer.Client.GetAsync(customer.Path, HttpStatusCode.OK);
        foreach (
            var entries in (IEnumerable<List<JsonElement>>)
                [
                    [.. list.Json.GetProperty("items").EnumerateArray()],
                    [.. copy.Json.GetProperty("records").GetProperty("consents").EnumerateArray().Reverse()],
                ]
        )
        {
            entries.Select(entry => entry.GetProperty("textHash").GetString()).ShouldBe([null, hash]);
            entries.Select(entry => entry.GetProperty("locale").GetString()).ShouldBe([null, "de-AT"]);
        }
    }

    [Theory]
    [InlineData("aa", "de", "textHash")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "de", "textHash")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "German", "locale")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "de\n", "locale")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null, "locale")]
    [InlineData(null, "de", "textHash")]
    public async Task A_hash_that_is_none_or_stands_without_its_language_is_refused(string? hash, string? locale, string field)
    {
        var customer = await CustomerAsync();

        (await customer.Client.SendAsync("POST", customer.Path, Shown(hash, locale)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);
    }

    private async Task<(Guid Id, HttpClient Client, string Path)> CustomerAsync()
    {
        var organizationId = Unique.Id();
        var id = (await host.Installer(organizationId).CreateCustomerAsync()).Id;
        return (id, host.ClientFor(Persons.Customer(organizationId, id)), $"/customers/{id}/consents");
    }

    private static object Shown(string? textHash, string? locale) =>
        new
        {
            purpose = "newsletter",
            textVersion = "2026-03",
            textHash,
            locale,
        };
}
