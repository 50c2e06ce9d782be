using System.Net;
using Lending.Platform.Security;

namespace Lending.Portal.Tests;

/// <summary>How mails are switched off without an account.</summary>
public sealed class UnsubscribePageTests(PortalFixture fixture) : IDisposable
{
    private const string Path = "/unsubscribe";

    private readonly Browser browser = new(fixture);
    private readonly string token = Secret.New();

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData("OFFERS", "Stop mails about loan offers", "Mails about loan offers are off")]
    [InlineData("APPLICATIONS", "Stop mails about loan applications", "Mails about loan applications are off")]
    [InlineData("DOCUMENTS", "Stop mails about documents", "Mails about documents are off")]
    public async Task The_link_of_a_mail_shows_a_button_and_changes_nothing_until_it_is_pressed(string topic, string before, string after)
    {
        fixture.Unsubscriptions.Topics[token] = topic;

        var opened = await browser.GetAsync($"{Path}?token={token}");
        opened.Status.ShouldBe(HttpStatusCode.SeeOther);
        opened.Location.ShouldBe(Path);
        var page = await browser.GetAsync(opened.Location!);
        page.Text.ShouldContain($"<h1>{before}</h1>");
        page.Text.ShouldContain("Nothing is changed yet.");
        fixture.Unsubscriptions.Used.ShouldNotContain(token);

        var done = await browser.SubmitAsync(page, Path);

        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Text.ShouldContain($"<h1>{after}</h1>");
        fixture.Unsubscriptions.Used.Count(used => used == token).ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_program_needs_one_POST_without_cookies_or_a_form_of_ours()
    {
        fixture.Unsubscriptions.Topics[token] = "OFFERS";

        var done = await browser.PostAsync($"{Path}?token={token}", ("List-Unsubscribe", "One-Click"));

        done.Status.ShouldBe(HttpStatusCode.OK);
        done.SetCookies.ShouldBeEmpty();
        fixture.Unsubscriptions.Used.Count(used => used == token).ShouldBe(1);
    }

    [Fact]
    public async Task It_speaks_the_language_that_was_chosen_on_the_page()
    {
        fixture.Unsubscriptions.Topics[token] = "DOCUMENTS";
        await browser.GetAsync($"{Path}?token={token}");

        (await browser.GetAsync($"{Path}?language=de")).Location.ShouldBe(Path);

        (await browser.GetAsync(Path)).Text.ShouldContain("<h1>Mails zu Dokumenten abbestellen</h1>");
    }

    [Fact]
    public async Task A_token_that_does_not_work_is_told_so_and_not_kept()
    {
        var opened = await browser.GetAsync($"{Path}?token={token}");

        opened.Status.ShouldBe(HttpStatusCode.NotFound);
        opened.SetCookies.ShouldBeEmpty();
        (await browser.GetAsync(Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync($"{Path}?token={token}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync(Path, ("token", token))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync(Path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
