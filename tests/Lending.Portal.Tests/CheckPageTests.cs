using System.Net;
using System.Security.Cryptography;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Portal.Tests;

/// <summary>The page on which everybody checks a document.</summary>
public sealed class CheckPageTests(PortalFixture fixture) : IDisposable
{
    private const string Path = "/documents/check";
    private readonly Browser browser = new(fixture);

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData("en", "This is a receipt of ours: an offer was accepted on 3\u00A0May\u00A02027.", "Its seal is intact")]
    [InlineData("de", "Das ist ein Beleg von uns: Ein Angebot wurde am 03.05.2027 angenommen.", "Das Siegel ist unversehrt")]
    public async Task A_file_is_hashed_and_told_of(string language, string sentence, string seal)
    {
        using var reader = new Browser(fixture) { Languages = language };
        var file = Unique.Id().ToByteArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        fixture.Documents.Known[hash] = new(IssuedDocumentKind.AcceptanceReceipt, new(2027, 5, 3), IsSealed: true);

        var sent = await SendFileAsync(reader, file);

        (sent.Status, sent.Location).ShouldBe((HttpStatusCode.SeeOther, $"{Path}?hash={hash}"));
        var page = await reader.GetAsync(sent.Location!);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Language.ShouldBe(language);
        WebUtility.HtmlDecode(page.Text).ShouldContain(sentence);
        page.Text.ShouldContain(seal);
        page.Text.ShouldNotContain("<script");
        page.Text.ShouldNotContain("style=");
        page.SetCookies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(IssuedDocumentKind.AcceptedOffer, "a loan offer of ours that was accepted on")]
    [InlineData(IssuedDocumentKind.PreContractualInformation, "standard information on a loan offer of ours")]
    public async Task A_hash_is_enough_however_it_is_copied(IssuedDocumentKind kind, string sentence)
    {
        var hash = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        fixture.Documents.Known[hash.ToLowerInvariant()] = new(kind, new(2027, 5, 3));

        var page = await browser.GetAsync($"{Path}?hash=%20{hash[..32]}%20%0A{hash[32..]}");

        WebUtility.HtmlDecode(page.Text).ShouldContain(sentence);
        page.Text.ShouldNotContain("seal is intact");
    }

    [Fact]
    public async Task What_is_not_ours_is_not_known()
    {
        var page = await browser.GetAsync($"{Path}?hash={new string('0', 64)}");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("We do not know this document.");
        (await browser.GetAsync(Path)).Text.ShouldNotContain("We do not know this document.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task What_is_no_hash_is_refused(string typed)
    {
        var page = await browser.GetAsync($"{Path}?hash={typed}");

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("Type all 64 digits and letters.");
        page.Text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused_and_what_is_no_form_too()
    {
        var empty = await SendFileAsync(browser, [], name: "");
        empty.Status.ShouldBe(HttpStatusCode.BadRequest);
        empty.Text.ShouldContain("Choose a file.");

        var broken = new ByteArrayContent([1, 2, 3]);
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        (await browser.SendAsync(new(HttpMethod.Post, Path) { Content = broken })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsync(Path, ("file", "x"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_file_of_more_than_fifteen_megabytes_is_refused_on_a_page()
    {
        var page = await SendFileAsync(browser, new byte[(15 * 1024 * 1024) + 1]);

        page.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        page.Text.ShouldContain("The file is too large");
    }

    private static Task<Sight> SendFileAsync(Browser browser, byte[] file, string name = "receipt.pdf")
    {
        var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(file);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        form.Add(part);
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        // A refusal is read before the file is sent.
        request.Headers.ExpectContinue = true;
        return browser.SendAsync(request);
    }
}
