using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lending.Testing;
using Npgsql;

namespace Lending.Identity.Tests.Terms;

/// <summary>Versions of terms and privacy policies: how they are published, numbered and read.</summary>
public sealed class PublishTermsTests(IdentityFixture host)
{
    [Fact]
    public async Task Published_listed_and_read_by_everybody()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        const string Text = "Für alle: „Treu & Glauben“.\n";
        var created = await admin.PostAsync(
            "/terms",
            new
            {
                kind = "TERMS",
                language = "de",
                text = Text,
            },
            HttpStatusCode.Created
        );
        created["text"].ShouldBe(Text);
        created["hash"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))));
        (created["kind"], created["number"], created["language"], created["url"]).ShouldBe(("TERMS", "1", "de", ""));
        created["validFrom"].ShouldBe(created["publishedAt"]);
        created.Location!.ToString().ShouldBe($"/api/v1/terms/{created.Id}");
        (await host.Client.GetAsync($"/terms/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(created.Text);

        var linked = new
        {
            kind = "PRIVACY",
            language = "en",
            url = "https://www.example.org/privacy.pdf",
            hash = new string('a', 64),
        };
        var second = await admin.PostAsync("/terms", linked, HttpStatusCode.Created);
        (second["url"], second["hash"], second["text"]).ShouldBe((linked.url, linked.hash, ""));

        var page = await admin.GetAsync("/terms?limit=1&includeTotal=true", HttpStatusCode.OK);
        (page["total"], page.Text.Contains("\"text\"", StringComparison.Ordinal)).ShouldBe(("2", false));
        page.NamesOf().ShouldBe(["PRIVACY 1 en"]);
        (await admin.GetAsync($"/terms?cursor={page["nextCursor"]}", HttpStatusCode.OK)).NamesOf().ShouldBe(["TERMS 1 de"]);
        var inForce = await host.Client.GetAsync($"/organizations/{organization}/terms", HttpStatusCode.OK);
        inForce.NamesOf().ShouldBe(["PRIVACY 1 en", "TERMS 1 de"]);
    }

    [Fact]
    public async Task Numbers_count_versions_of_a_kind_and_translations_share_them()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        (await admin.PublishTermsAsync(language: "de"))["number"].ShouldBe("1");
        (await admin.PublishTermsAsync(language: "en"))["number"].ShouldBe("2", "without a number, it is a new version in any language");
        (await admin.PublishTermsAsync("PRIVACY"))["number"].ShouldBe("1", "kinds count apart");
        var third = await admin.PublishTermsAsync(validFrom: host.Host.Clock.GetUtcNow().AddDays(10));
        third["number"].ShouldBe("3");

        var translation = await admin.PublishTermsAsync(language: "fr", number: 3);

        (translation["number"], translation["validFrom"]).ShouldBe(("3", third["validFrom"]));
        (await admin.SendAsync("POST", "/terms", TermsCalls.NewTerms(language: "fr", number: 3))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "terms-published"
        );
        (await host.Client.GetAsync($"/organizations/{organization}/terms", HttpStatusCode.OK))
            .NamesOf()
            .ShouldBe(["PRIVACY 1 de", "TERMS 2 en"]);
    }

    [Fact]
    public async Task A_version_is_in_force_from_its_time_on_until_a_higher_number_is()
    {
        await using var own = await IdentityFixture.StartAsync();
        var chief = await own.LogInAsChiefAsync();
        var inForce = $"/organizations/{Identity.Organizations.Organization.DefaultId}/terms";
        async Task<List<string>> InForceAsync() => (await own.Client.GetAsync(inForce, HttpStatusCode.OK)).NamesOf();
        var now = own.Clock.GetUtcNow();
        await chief.PublishTermsAsync();
        var later = await chief.PublishTermsAsync(validFrom: now.AddDays(2));
        // It takes the place of the one before it, which never comes into force.
        await chief.PublishTermsAsync(validFrom: now.AddDays(1));
        (await InForceAsync()).ShouldBe(["TERMS 1 de"]);
        (await own.Client.SendAsync("GET", $"/terms/{later.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await chief.GetAsync($"/terms/{later.Id}", HttpStatusCode.OK))["number"].ShouldBe("2");

        own.Clock.Advance(TimeSpan.FromDays(1));
        (await InForceAsync()).ShouldBe(["TERMS 3 de"]);
        own.Clock.Advance(TimeSpan.FromDays(1));
        (await InForceAsync()).ShouldBe(["TERMS 3 de"]);
        (await own.Client.GetAsync($"/terms/{later.Id}", HttpStatusCode.OK))["number"].ShouldBe("2");
    }

    [Fact]
    public async Task What_is_wrong_is_refused()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        await admin.ShouldBeRefusedAsync("POST", "/terms");
        var hash = new string('a', 64);
        await admin.ShouldRefuseAsync(
            "POST",
            "/terms",
            new
            {
                kind = "TERMS",
                language = "de",
                text = "Text",
            },
            ("kind", BadFields.Missing, "not-null"),
            ("kind", "IMPRINT", "wrong-type"),
            ("language", BadFields.Missing, "invalid-language"),
            ("language", null, "invalid-language"),
            ("language", "DE", "invalid-language"),
            ("language", "deu", "invalid-language"),
            ("language", "de\n", "invalid-language"),
            ("number", 1, "unknown-terms-number"),
            ("number", 0, "unknown-terms-number"),
            ("text", BadFields.Missing, "text-or-url"),
            ("text", " \n", "text-or-url"),
            ("text", new string('x', 60_001), "maximum-length"),
            ("text", "a\u0000b", "wrong-type"),
            ("hash", hash, "invalid-hash"),
            ("validFrom", host.Host.Clock.GetUtcNow().AddMinutes(-1).ToString("O"), "valid-from-past"),
            ("validFrom", "tomorrow", "wrong-type")
        );
        await admin.ShouldRefuseAsync(
            "POST",
            "/terms",
            new
            {
                kind = "TERMS",
                language = "de",
                url = "https://www.example.org/terms",
                hash,
            },
            ("text", "Text", "text-or-url"),
            ("url", "http://www.example.org/terms", "invalid-url"),
            ("url", "HTTPS://www.example.org/terms", "invalid-url"),
            ("url", "https://user@www.example.org/terms", "invalid-url"),
            ("url", "https://www.example.org/terms here", "invalid-url"),
            ("url", "terms", "invalid-url"),
            ("url", $"https://www.example.org/{new string('x', 2000)}", "maximum-length"),
            ("hash", BadFields.Missing, "invalid-hash"),
            ("hash", new string('A', 64), "invalid-hash"),
            ("hash", new string('a', 63), "invalid-hash")
        );
        await admin.PublishTermsAsync();
        var translation = JsonNode.Parse(
            """{"kind":"TERMS","language":"en","text":"Text","number":1,"validFrom":"2199-01-01T00:00:00Z"}"""
        )!;
        (await admin.SendAsync("POST", "/terms", translation)).WrongFields.ShouldBe(["validFrom"]);
        await admin.ShouldRefuseForgedCursorsAsync("/terms");
    }

    [Fact]
    public async Task Of_those_who_publish_at_once_each_gets_a_number_of_their_own()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => admin.PublishTermsAsync(language: number % 2 == 0 ? "de" : "en"))
        );
        answers.Select(answer => answer["number"]).Order().ShouldBe(["1", "2", "3", "4", "5", "6", "7", "8"]);

        var translations = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => admin.SendAsync("POST", "/terms", TermsCalls.NewTerms(language: "fr", number: 8)))
        );
        translations.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var refused in translations.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "terms-published");
        }
    }

    [Fact]
    public async Task Administrators_of_another_organisation_see_and_publish_their_own_only()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        var other = (await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync())).Client;
        var scheduled = await admin.PublishTermsAsync(validFrom: host.Host.Clock.GetUtcNow().AddDays(1));
        foreach (var stranger in new[] { other, host.PlatformAdmin, host.Client })
        {
            (await stranger.SendAsync("GET", $"/terms/{scheduled.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        var installer = (await host.NewUserAsync("INSTALLER", organization)).Client;
        (await installer.SendAsync("GET", $"/terms/{scheduled.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.GetAsync("/terms", HttpStatusCode.OK)).NamesOf().ShouldBeEmpty();
        (await other.SendAsync("GET", $"/terms/{scheduled.Id}/acceptances")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.PublishTermsAsync())["number"].ShouldBe("1");
        (await other.SendAsync("POST", "/terms", TermsCalls.NewTerms(language: "en", number: 2))).WrongFields.ShouldBe(["number"]);
        (await host.Client.GetAsync($"/organizations/{organization}/terms", HttpStatusCode.OK)).NamesOf().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kind = 'IMPRINT'", "ck_terms_versions_kind")]
    [InlineData("language = 'DE'", "ck_terms_versions_language")]
    [InlineData("number = 0", "ck_terms_versions_number")]
    [InlineData("text = NULL", "ck_terms_versions_text")]
    [InlineData("text = ''", "ck_terms_versions_text")]
    [InlineData("url = 'https://www.example.org'", "ck_terms_versions_text")]
    [InlineData("text = NULL, url = 'http://www.example.org'", "ck_terms_versions_url")]
    [InlineData("hash = 'x'", "ck_terms_versions_hash")]
    [InlineData("number = 2", "ak_terms_versions_organization_id_kind_number_language")]
    [InlineData("organization_id = gen_random_uuid()", "fk_terms_versions_organizations_organization_id")]
    public async Task The_database_keeps_what_the_code_promises(string change, string constraint)
    {
        var admin = (await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync())).Client;
        var version = await admin.PublishTermsAsync();
        await admin.PublishTermsAsync();
        var failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync($"UPDATE identity.terms_versions SET {change} WHERE id = '{version.Id}'")
        );
        failure.ConstraintName.ShouldBe(constraint);
    }
}
