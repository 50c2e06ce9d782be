using System.Net;
using System.Text.Json;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Customers.Tests.Consents;

public sealed class ConsentTests(CustomersFixture host)
{
    [Fact]
    public async Task A_customer_consents_and_takes_it_back_and_both_stay_to_be_read()
    {
        var person = await PersonAsync();

        var given = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);
        given["channel"].ShouldBe("ONLINE");
        given["textVersion"].ShouldBe("2026-03");
        given["recordedBy.username"].ShouldBe(person.Username);
        given.Json.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        given["givenAt"].ShouldBe(given["recordedAt"]);

        var withdrawn = await person.Client.PostAsync($"{person.Path}/{given.Id}/withdraw", new { }, HttpStatusCode.OK);

        withdrawn["end"].ShouldBe("WITHDRAWN");
        withdrawn["endChannel"].ShouldBe("ONLINE");
        withdrawn["endedBy.username"].ShouldBe(person.Username);
        (await person.Installer.PostAsync($"{person.Path}/{given.Id}/withdraw", new { }, HttpStatusCode.OK)).Text.ShouldBe(withdrawn.Text);
        var again = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);
        (await IdsAsync(person)).ShouldBe([again.Id, given.Id]);
    }

    [Fact]
    public async Task Staff_record_what_was_signed_on_paper_when_it_was_signed()
    {
        var person = await PersonAsync();
        var signedAt = TimeProvider.System.GetUtcNow().AddDays(-3);

        var given = await person.Installer.PostAsync(
            person.Path,
            new
            {
                purpose = "telephone-offers",
                textVersion = "7b",
                givenAt = signedAt,
            },
            HttpStatusCode.Created
        );

        given["channel"].ShouldBe("PAPER");
        given.Json.GetProperty("givenAt").GetDateTimeOffset().ShouldBe(signedAt, TimeSpan.FromMilliseconds(1));
        given.Json.GetProperty("recordedAt").GetDateTimeOffset().ShouldBeGreaterThan(signedAt.AddDays(2));
        var withdrawn = await person.Client.PostAsync($"{person.Path}/{given.Id}/withdraw", new { }, HttpStatusCode.OK);
        withdrawn["endChannel"].ShouldBe("ONLINE");
    }

    [Fact]
    public async Task Another_version_of_the_text_replaces_the_one_before_and_the_same_is_refused()
    {
        var person = await PersonAsync();
        var first = await person.Installer.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);

        (await person.Client.SendAsync("POST", person.Path, Consent("newsletter"))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "consent-given"
        );
        var second = await person.Client.PostAsync(person.Path, Consent("newsletter", "2026-04"), HttpStatusCode.Created);

        var entries = await EntriesAsync(person);
        entries.Select(entry => entry.GetProperty("id").GetGuid()).ShouldBe([second.Id, first.Id]);
        entries[0].GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        entries[1].GetProperty("end").GetString().ShouldBe("REPLACED");
    }

    [Fact]
    public async Task Of_many_who_consent_to_the_same_at_once_one_consent_holds()
    {
        var person = await PersonAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(number => person.Client.SendAsync("POST", person.Path, Consent("newsletter", $"v{number}")))
        );

        answers.ShouldContain(answer => answer.Status == HttpStatusCode.Created);
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created || answer.Code == "concurrent-change");
        (await EntriesAsync(person)).Count(entry => entry.GetProperty("endedAt").ValueKind == JsonValueKind.Null).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_withdraw_at_once_the_first_counts()
    {
        var person = await PersonAsync();
        var given = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(number =>
                    (number % 2 == 0 ? person.Client : person.Installer).PostAsync(
                        $"{person.Path}/{given.Id}/withdraw",
                        new { },
                        HttpStatusCode.OK
                    )
                )
        );

        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_consent_and_a_removal_at_the_same_time_leave_no_consent_that_holds()
    {
        for (var round = 0; round < 6; round++)
        {
            var person = await PersonAsync();

            var answers = await Task.WhenAll(
                person.Installer.SendAsync("POST", person.Path, Consent("newsletter")),
                person.Installer.SendAsync("DELETE", $"/customers/{person.Id}")
            );

            answers[0].Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.NotFound);
            answers[1].Status.ShouldBe(HttpStatusCode.NoContent);
            (await HoldingAsync(person)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Consents_outlive_their_customer_without_a_name()
    {
        var person = await PersonAsync();
        var holds = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);
        var paper = await person.Installer.PostAsync(person.Path, Consent("telephone-offers"), HttpStatusCode.Created);
        var withdrawn = await person.Client.PostAsync($"{person.Path}/{paper.Id}/withdraw", new { }, HttpStatusCode.OK);
        var copy = await person.Administrator.GetAsync($"/customers/{person.Id}/export", HttpStatusCode.OK);
        copy.Json.GetProperty("records").GetProperty("consents").GetArrayLength().ShouldBe(2);

        var erased = await person.Administrator.PostAsync($"/customers/{person.Id}/erase", null, HttpStatusCode.OK);

        var kept = erased.Json.GetProperty("kept").EnumerateArray().ToList();
        kept.Select(record => record.GetProperty("id").GetGuid()).ShouldBe([holds.Id, paper.Id]);
        kept.ShouldAllBe(record => record.GetProperty("kind").GetString() == "CONSENT");
        kept[0].GetProperty("until").GetString().ShouldBe($"{TimeProvider.System.GetUtcNow().AddYears(5):yyyy-MM-dd}");
        var entries = (await person.Administrator.GetAsync(person.Path, HttpStatusCode.OK)).Json.GetProperty("items");
        entries[1].GetProperty("end").GetString().ShouldBe("CUSTOMER_REMOVED");
        entries[1].GetProperty("recordedBy").GetProperty("username").GetString().ShouldBe("customer");
        entries[0].GetProperty("end").GetString().ShouldBe("WITHDRAWN");
        entries[0].GetProperty("endedAt").GetString().ShouldBe(withdrawn["endedAt"]);
        entries[0].GetProperty("endedBy").GetProperty("username").GetString().ShouldBe("customer");
        entries[0].GetProperty("recordedBy").GetProperty("username").GetString().ShouldBe(paper["recordedBy.username"]);
        entries.ToString().ShouldNotContain(person.Username);
    }

    [Fact]
    public async Task What_is_wrong_is_refused()
    {
        var person = await PersonAsync();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        var earlier = TimeProvider.System.GetUtcNow().AddDays(-1);

        Refused(await person.Client.SendAsync("POST", person.Path, Consent("newsletter", channel: "PAPER")), "channel", "wrong-channel");
        Refused(
            await person.Installer.SendAsync("POST", person.Path, Consent("newsletter", channel: "ONLINE")),
            "channel",
            "wrong-channel"
        );
        Refused(await person.Installer.SendAsync("POST", person.Path, Consent("newsletter", givenAt: later)), "givenAt", "wrong-time");
        Refused(await person.Client.SendAsync("POST", person.Path, Consent("newsletter", givenAt: earlier)), "givenAt", "wrong-time");
        (await person.Client.SendAsync("POST", person.Path, Consent("newsletter\n"))).WrongFields.ShouldBe(["purpose"]);
        (await person.Client.SendAsync("POST", person.Path, Consent("News Letter", ""))).WrongFields.ShouldBe(
            ["purpose", "textVersion"],
            ignoreOrder: true
        );
        var given = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);
        Refused(
            await person.Client.SendAsync("POST", $"{person.Path}/{given.Id}/withdraw", new { channel = "IN_PERSON" }),
            "channel",
            "wrong-channel"
        );
        await person.Client.ShouldBeRefusedAsync("POST", person.Path);
        await person.Client.ShouldBeRefusedAsync("POST", $"{person.Path}/{given.Id}/withdraw");
        (await HoldingAsync(person)).ShouldBe(1);

        static void Refused(Answer answer, string field, string code)
        {
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
            answer.Text.ShouldContain($"\"{code}\"");
        }
    }

    [Fact]
    public async Task Consents_of_others_do_not_exist()
    {
        var person = await PersonAsync();
        var other = await PersonAsync();
        var colleague = host.ClientFor(Persons.Customer(person.OrganizationId, (await person.Installer.CreateCustomerAsync()).Id));
        var given = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);

        foreach (var stranger in (HttpClient[])[other.Client, other.Installer, colleague])
        {
            (await stranger.SendAsync("GET", person.Path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await stranger.SendAsync("POST", person.Path, Consent("sms"))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await stranger.SendAsync("POST", $"{person.Path}/{given.Id}/withdraw", new { })).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
        (await HoldingAsync(person)).ShouldBe(1);
    }

    [Theory]
    [InlineData("purpose = 'News Letter'", "ck_consents_purpose")]
    [InlineData("text_version = ''", "ck_consents_text_version")]
    [InlineData("locale = 'de'", "ck_consents_locale")]
    [InlineData("locale = 'de', text_hash = 'no hash'", "ck_consents_text_hash")]
    [InlineData("given_over = 'SMOKE'", "ck_consents_given_over")]
    [InlineData("given_at = created_at + interval '1 s'", "ck_consents_given_at")]
    [InlineData("ended_at = now()", "ck_consents_ended_at")]
    public async Task The_database_itself_refuses_a_consent_that_cannot_be(string change, string constraint)
    {
        var person = await PersonAsync();
        var given = await person.Client.PostAsync(person.Path, Consent("newsletter"), HttpStatusCode.Created);

        // One of the texts above, and no value of a user.
        var sql = $"UPDATE customers.consents SET {change} WHERE id = '{given.Id}'";
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            host.InDatabaseAsync(person.OrganizationId, db => db.Database.ExecuteSqlRawAsync(sql))
        );

        refused.ConstraintName.ShouldBe(constraint);
    }

    private sealed record Person(
        Guid OrganizationId,
        Guid Id,
        string Username,
        HttpClient Client,
        HttpClient Installer,
        HttpClient Administrator
    )
    {
        public string Path => $"/customers/{Id}/consents";
    }

    private async Task<Person> PersonAsync()
    {
        var organizationId = Unique.Id();
        var installer = host.Installer(organizationId);
        var id = (await installer.CreateCustomerAsync()).Id;
        var customer = Persons.Customer(organizationId, id);
        return new(
            organizationId,
            id,
            customer.Username,
            host.ClientFor(customer),
            installer,
            host.ClientFor(Persons.Administrator(organizationId))
        );
    }

    private static object Consent(string purpose, string textVersion = "2026-03", string? channel = null, DateTimeOffset? givenAt = null) =>
        new
        {
            purpose,
            textVersion,
            channel,
            givenAt,
        };

    private static async Task<List<JsonElement>> EntriesAsync(Person person) =>
        [.. (await person.Client.GetAsync(person.Path, HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];

    private static async Task<List<Guid>> IdsAsync(Person person) =>
        (await EntriesAsync(person)).ConvertAll(entry => entry.GetProperty("id").GetGuid());

    private Task<int> HoldingAsync(Person person) =>
        host.InDatabaseAsync(
            person.OrganizationId,
            db => db.Consents.CountAsync(consent => consent.CustomerId == person.Id && consent.EndedAt == null)
        );
}
