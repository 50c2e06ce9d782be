using System.Net;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;

namespace Lending.Notifications.Tests.Previews;

/// <summary>What staff see of what people are written.</summary>
public sealed class TemplateTests(NotificationsFixture fixture)
{
    private const string Path = "/message-templates";

    private readonly Guid organization = Unique.Id();

    private HttpClient Underwriter => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task Each_kind_is_listed_with_its_class_topic_variables_and_versions()
    {
        var templates = await ListAsync();

        templates.Select(template => template.GetProperty("kind").GetString()).ShouldBe(Enum.GetValues<MessageKind>().Select(EnumText.Of));
        templates.ShouldAllBe(template =>
            (template.GetProperty("class").GetString() == "LEGAL") == (template.GetProperty("topic").GetString() == "ESSENTIAL")
        );
        templates
            .SelectMany(template => template.GetProperty("texts").EnumerateArray())
            .Select(text => text.GetProperty("version").GetString())
            .ShouldBeUnique("each text is another one");
        TemplateOf(templates, "DOCUMENT_APPROVED")
            .ShouldBe("""{"kind":"DOCUMENT_APPROVED","class":"SERVICE","topic":"DOCUMENTS","variables":["organization","name","file"]""");
        TemplateOf(templates, "OFFER_CODE")
            .ShouldBe("""{"kind":"OFFER_CODE","class":"LEGAL","topic":"ESSENTIAL","variables":["organization","name","code","expires"]""");
    }

    [Fact]
    public async Task A_preview_says_what_a_message_would_in_the_organisations_name_and_sends_nothing()
    {
        fixture.Sign(organization, FakeSenders.Usual with { Name = "Dach & <b>Sonne</b>", Language = "de" });

        var german = await PreviewAsync("OFFER_LINK");
        var english = await PreviewAsync("OFFER_LINK", "?language=en");

        german["language"].ShouldBe("de");
        german["text"]!.ShouldContain("Greta Sommer");
        german["text"]!.ShouldContain("Dach & <b>Sonne</b>");
        german["text"]!.ShouldContain("https://loans.example/app/loan-offers/");
        german["html"]!.ShouldContain("<html lang=\"de\">");
        german["html"]!.ShouldContain("Dach &amp; &lt;b&gt;Sonne&lt;/b&gt;");
        english["language"].ShouldBe("en");
        english["subject"].ShouldNotBe(german["subject"]);
        english["version"].ShouldNotBe(german["version"]);
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            (await PreviewAsync(EnumText.Of(kind)))["subject"]!.ShouldContain("Dach");
        }
        (await fixture.Host.ListAsync(organization)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_remembers_by_which_version_it_was_written()
    {
        await fixture.Host.AskForAsync(organization, Message.AccountExists(Unique.Email()));
        (await fixture.Host.ListAsync(organization))[0].GetProperty("templateVersion").ValueKind.ShouldBe(JsonValueKind.Null);
        await fixture.Host.SendDueAsync();

        (await fixture.Host.ListAsync(organization))[0]
            .GetProperty("templateVersion")
            .GetString()
            .ShouldBe((await PreviewAsync("ACCOUNT_EXISTS", "?language=en"))["version"]);
    }

    [Theory]
    [InlineData("NO_SUCH_KIND", "", "kind")]
    [InlineData("7", "", "kind")]
    [InlineData("OFFER_LINK", "?language=fr", "language")]
    public async Task What_there_is_not_is_refused(string kind, string query, string field) =>
        (await Underwriter.SendAsync("GET", $"{Path}/{kind}/preview{query}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);

    [Fact]
    public async Task Customers_see_none()
    {
        var customer = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));

        (await customer.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await customer.SendAsync("GET", $"{Path}/OFFER_LINK/preview")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<List<JsonElement>> ListAsync() =>
        [.. (await Underwriter.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("templates").EnumerateArray()];

    private static string TemplateOf(List<JsonElement> templates, string kind) =>
        templates.Single(template => template.GetProperty("kind").GetString() == kind).GetRawText().Split(",\"texts\"")[0];

    private Task<Answer> PreviewAsync(string kind, string query = "") =>
        Underwriter.GetAsync($"{Path}/{kind}/preview{query}", HttpStatusCode.OK);
}
