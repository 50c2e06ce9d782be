using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Npgsql;

namespace Lending.Loans.Tests.Offers;

/// <summary>What is kept of an acceptance beside its content, and where it is told.</summary>
public sealed class EvidenceTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_shown_given_and_proved_by_a_code_is_kept_told_and_stands_in_the_receipt(bool overLink)
    {
        var offer = await office.OfferAsync("APPROVED");
        var client = overLink ? office.Anonymous : office.CustomerClient;
        var link = overLink ? await office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted) : null;
        var token = link?["token"];
        await ShowAsync(offer, token);
        var given = new GivenInformation(new string('b', 64), office.Clock.GetUtcNow().AddDays(-1));
        fixture.Information.Given[offer["documentHash"]!] = given;
        var code = await client.PostAsync($"/loan-offers/{offer.Id}/code", new { linkToken = token }, HttpStatusCode.Accepted);

        await AcceptAsync(client, offer, token, code);

        var acceptance = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK);
        var session = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code["codeSession"]!)));
        acceptance["evidence.codeSessionHash"].ShouldBe(session);
        DateTimeOffset[] times = [At(acceptance, "shownAt"), At(acceptance, "codeSentAt"), At(acceptance, "codeGivenAt")];
        times.ShouldBeInOrder();
        times[^1].ShouldBeLessThanOrEqualTo(acceptance.Json.GetProperty("acceptedAt").GetDateTimeOffset());
        acceptance["evidence.informationHash"].ShouldBe(given.Hash);
        At(acceptance, "informedAt").ShouldBe(given.GivenAt, TimeSpan.FromMilliseconds(1));
        acceptance["evidence.language"].ShouldBe("de");
        acceptance["evidence.timeZone"].ShouldBe("Europe/Berlin");
        string.IsNullOrEmpty(acceptance["evidence.linkId"]).ShouldBe(!overLink);
        string.IsNullOrEmpty(acceptance["evidence.sessionId"]).ShouldBe(overLink);

        var file = office
            .Messages.To(office.Customer.Email)
            .Last(sent => sent.Kind == MessageKind.AcceptanceReceipt)
            .File.ShouldNotBeNull()
            .Content.ToArray();
        acceptance["receiptHash"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file)));
        var words = PdfReader.Words(file);
        foreach (var said in (string[])["Code gesendet", "Code eingegeben", session, given.Hash, "Deutsch"])
        {
            words.ShouldContain(said);
        }
        words.Contains("Sitzung des Kontos", StringComparison.Ordinal).ShouldBe(!overLink);

        (await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK))
            .Json.GetProperty("evidence")
            .GetRawText()
            .ShouldBe(acceptance.Json.GetProperty("evidence").GetRawText());
    }

    [Fact]
    public async Task Where_there_was_nothing_of_it_nothing_is_told()
    {
        var offer = await office.OfferAsync("APPROVED");

        await AcceptAsync(office.CustomerClient, offer, token: null, code: null);

        var evidence = (await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK)).Json.GetProperty(
            "evidence"
        );
        foreach (var member in (string[])["linkId", "codeSentAt", "codeGivenAt", "codeSessionHash", "informationHash", "informedAt"])
        {
            evidence.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.Null, member);
        }
    }

    [Theory]
    [InlineData("evidence_code_sent_at = now()", "ck_offer_acceptances_evidence_code")]
    [InlineData("evidence_informed_at = now()", "ck_offer_acceptances_evidence_information")]
    [InlineData("evidence_informed_at = now(), evidence_information_hash = 'short'", "ck_offer_acceptances_evidence_information")]
    public async Task The_database_itself_refuses_evidence_of_which_a_part_is_missing(string change, string constraint)
    {
        var offer = await office.OfferAsync("ACCEPTED");

        var refused = await Should.ThrowAsync<PostgresException>(() =>
            office.SqlAsync($"UPDATE loans.offer_acceptances SET {change} WHERE offer_id = '{offer.Id}'")
        );

        refused.ConstraintName.ShouldBe(constraint);
    }

    private Task<Answer> ShowAsync(Answer offer, string? token) =>
        token is null
            ? office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)
            : office.Anonymous.PostAsync($"/loan-offers/{offer.Id}/link/open", new { token }, HttpStatusCode.OK);

    private static async Task AcceptAsync(HttpClient client, Answer offer, string? token, Answer? code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/loan-offers/{offer.Id}/accept");
        request.Headers.AcceptLanguage.ParseAdd("de-AT, en;q=0.5");
        request.Content = System.Net.Http.Json.JsonContent.Create(Steps.Acceptance(offer, token, code?["code"], code?["codeSession"]));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static DateTimeOffset At(Answer acceptance, string member) =>
        acceptance.Json.GetProperty("evidence").GetProperty(member).GetDateTimeOffset();
}
