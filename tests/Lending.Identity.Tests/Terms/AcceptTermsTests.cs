using System.Net;
using Lending.Identity.Tests.Authentication;
using Lending.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Npgsql;

namespace Lending.Identity.Tests.Terms;

/// <summary>Users accept terms and privacy policies, and work only after that where their organisation says so.</summary>
public sealed class AcceptTermsTests(IdentityFixture host)
{
    [Fact]
    public async Task What_waits_is_told_at_login_and_refresh_until_it_is_accepted()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var user = await host.NewUserAsync("INSTALLER", organization);
        StandingOf(await host.LogInAsync(user.Username)).ShouldBe(("False", "False"));
        (await user.Client.WaitingAsync()).ShouldBeEmpty();
        var terms = await admin.Client.PublishTermsAsync();
        var privacy = await admin.Client.PublishTermsAsync("PRIVACY");

        var session = await host.LogInAsync(user.Username);

        StandingOf(session).ShouldBe(("True", "False"));
        (await user.Client.WaitingAsync()).ShouldBe(["PRIVACY 1 de", "TERMS 1 de"]);
        (await user.Client.AcceptTermsAsync(terms)).Status.ShouldBe(HttpStatusCode.NoContent);
        session = await RefreshAsync(session);
        StandingOf(session).ShouldBe(("True", "False"), "the privacy policy waits");
        (await user.Client.AcceptTermsAsync(privacy)).Status.ShouldBe(HttpStatusCode.NoContent);
        session = await RefreshAsync(session);
        StandingOf(session).ShouldBe(("False", "False"));
        StandingOf(await host.LogInAsync(user.Username)).ShouldBe(("False", "False"));
        StandingOf(await host.LogInAsync(admin.Username)).ShouldBe(("True", "False"), "nobody accepts for others");

        await admin.Client.PublishTermsAsync();
        StandingOf(await RefreshAsync(session)).ShouldBe(("True", "False"));
        (await user.Client.WaitingAsync()).ShouldBe(["TERMS 2 de"]);
        (await user.Client.AcceptedAsync()).ShouldBe(["PRIVACY 1 de", "TERMS 1 de"], "history stays");
    }

    [Fact]
    public async Task One_language_is_enough_and_the_one_that_was_accepted_is_kept()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var user = await host.NewUserAsync("INSTALLER", organization);
        var german = await admin.Client.PublishTermsAsync(language: "de");
        var english = await admin.Client.PublishTermsAsync(language: "en", number: 1);
        (await user.Client.WaitingAsync()).ShouldBe(["TERMS 1 de", "TERMS 1 en"]);

        (await user.Client.AcceptTermsAsync(english)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await user.Client.WaitingAsync()).ShouldBeEmpty();
        (await user.Client.AcceptedAsync()).ShouldBe(["TERMS 1 en"]);
        // A language that comes later asks nobody again, and may be accepted all the same.
        var french = await admin.Client.PublishTermsAsync(language: "fr", number: 1);
        (await user.Client.WaitingAsync()).ShouldBeEmpty();
        (await user.Client.AcceptTermsAsync(french)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await user.Client.AcceptedAsync()).ShouldBe(["TERMS 1 en", "TERMS 1 fr"]);

        (await admin.Client.GetAsync($"/terms/{german.Id}/acceptances", HttpStatusCode.OK))["items"].ShouldBe("[]");
        await admin.Client.AcceptTermsAsync(english);
        var page = await admin.Client.GetAsync($"/terms/{english.Id}/acceptances?limit=1&includeTotal=true", HttpStatusCode.OK);
        (page["total"], AcceptersOf(page).Single()).ShouldBe(("2", admin.Username));
        var next = await admin.Client.GetAsync($"/terms/{english.Id}/acceptances?cursor={page["nextCursor"]}", HttpStatusCode.OK);
        AcceptersOf(next).ShouldBe([user.Username]);
        next.Json.GetProperty("items")[0].GetProperty("acceptedAt").GetDateTimeOffset().ShouldBeLessThan(host.Host.Clock.GetUtcNow());
        await admin.Client.ShouldRefuseForgedCursorsAsync($"/terms/{english.Id}/acceptances");
    }

    [Fact]
    public async Task Only_what_is_in_force_is_accepted_by_its_hash_and_once()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = (await host.NewUserAsync("ADMIN", organization)).Client;
        var user = await host.NewUserAsync("INSTALLER", organization);
        var first = await admin.PublishTermsAsync();
        var path = $"/users/me/terms/{first.Id}/acceptance";
        await user.Client.ShouldBeRefusedAsync("POST", path);
        await user.Client.ShouldRefuseAsync(
            "POST",
            path,
            new { hash = first["hash"] },
            ("hash", BadFields.Missing, "not-empty"),
            ("hash", new string('a', 65), "maximum-length")
        );
        (await user.Client.AcceptTermsAsync(first, new string('a', 64))).ShouldBeProblem(HttpStatusCode.Conflict, "terms-hash-differs");
        (await user.Client.AcceptedAsync()).ShouldBeEmpty();
        (await user.Client.AcceptTermsAsync(first)).Status.ShouldBe(HttpStatusCode.NoContent);
        var accepted = await user.Client.GetAsync("/users/me/terms", HttpStatusCode.OK);

        var second = await admin.PublishTermsAsync();
        (await user.Client.AcceptTermsAsync(first)).Status.ShouldBe(HttpStatusCode.NoContent, "it was accepted when it was in force");
        accepted.Json.GetProperty("items")[0].GetProperty("acceptedAt").GetString().ShouldBe(await AcceptedAtAsync(user.Client, first.Id));
        (await admin.AcceptTermsAsync(first)).ShouldBeProblem(HttpStatusCode.Conflict, "terms-outdated");
        var scheduled = await admin.PublishTermsAsync(validFrom: host.Host.Clock.GetUtcNow().AddDays(1));
        (await user.Client.AcceptTermsAsync(scheduled)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        var stranger = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        foreach (var client in new[] { stranger.Client, host.PlatformAdmin })
        {
            (await client.AcceptTermsAsync(second)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await client.WaitingAsync()).ShouldBeEmpty();
        }
        StandingOf(await host.LogInAsync(stranger.Username)).ShouldBe(("False", "False"));
    }

    [Fact]
    public async Task Those_who_accept_at_once_are_all_told_so_and_one_acceptance_is_kept()
    {
        var organization = await host.NewOrganizationAsync();
        var version = await (await host.NewUserAsync("ADMIN", organization)).Client.PublishTermsAsync();
        var user = await host.NewUserAsync("INSTALLER", organization);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.Client.AcceptTermsAsync(version)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.NoContent);
        (await host.Host.ReadSqlAsync($"SELECT count(*) FROM identity.terms_acceptances WHERE user_id = '{user.Id}'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Where_it_is_mandatory_users_get_in_to_accept_and_no_further()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var customer = await host.NewUserAsync("CUSTOMER", organization);
        await SetMandatoryAsync(admin.Client, organization);
        StandingOf(await host.LogInAsync(admin.Username)).ShouldBe(("False", "False"), "nothing was published");
        var version = await admin.Client.PublishTermsAsync();
        await admin.Client.GetAsync("/users", HttpStatusCode.OK);

        foreach (var username in new[] { admin.Username, customer.Username })
        {
            var session = await host.LogInAsync(username);
            StandingOf(session).ShouldBe(("True", "True"));
            PermissionsOf(session).ShouldBe(["account:own"]);
            var client = host.ClientWith(session["accessToken"]!);
            (await client.SendAsync("GET", "/users")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            await client.GetAsync("/users/me", HttpStatusCode.OK);
            PermissionsOf(await RefreshAsync(session)).ShouldBe(["account:own"]);
            await client.GetAsync($"/terms/{version.Id}", HttpStatusCode.OK);
            (await client.WaitingAsync()).ShouldBe(["TERMS 1 de"]);

            (await client.AcceptTermsAsync(version)).Status.ShouldBe(HttpStatusCode.NoContent);

            (await client.SendAsync("GET", "/users")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            session = await host.LogInAsync(username);
            StandingOf(session).ShouldBe(("False", "False"));
        }
        var accepted = await host.LogInAsync(admin.Username);
        await host.ClientWith(accepted["accessToken"]!).GetAsync("/users", HttpStatusCode.OK);

        await admin.Client.PublishTermsAsync();
        accepted = await RefreshAsync(accepted);
        StandingOf(accepted).ShouldBe(("True", "True"));
        await SetMandatoryAsync(admin.Client, organization, mandatory: false);
        accepted = await RefreshAsync(accepted);
        StandingOf(accepted).ShouldBe(("True", "False"));
        await host.ClientWith(accepted["accessToken"]!).GetAsync("/users", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_sets_a_first_password_accepts_before_anything_else()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        await SetMandatoryAsync(admin.Client, organization);
        var version = await admin.Client.PublishTermsAsync();
        var invited = await admin.Client.PostAsync("/users/underwriters", IdentityFixture.Staff(), HttpStatusCode.Created);

        var session = await host.AcceptAsync(invited["token"]!);

        StandingOf(session).ShouldBe(("True", "True"));
        PermissionsOf(session).ShouldBe(["account:own"]);
        await host.ClientWith(session["accessToken"]!).AcceptTermsAsync(version);
        PermissionsOf(await RefreshAsync(session)).ShouldContain("organization:all");
    }

    [Fact]
    public async Task A_second_factor_does_not_stand_for_an_acceptance()
    {
        await using var own = await IdentityFixture.StartAsync();
        var chief = new FactorOwner(own, new AccountBody("chief", "", IdentityFixture.AdminPassword, ""));
        chief.Enter(await chief.LogInAsync());
        await chief.SetTotpUpAsync();
        await SetMandatoryAsync(chief.Client, Identity.Organizations.Organization.DefaultId);
        var version = await chief.Client.PublishTermsAsync();

        var session = await chief.GiveAsync(new { challenge = await chief.StartLoginAsync(), code = chief.NextCode() });

        StandingOf(session).ShouldBe(("True", "True"));
        chief.Enter(session);
        PermissionsOf(await StepUpAsync()).ShouldBe(["account:own"]);
        await chief.Client.AcceptTermsAsync(version);
        PermissionsOf(await StepUpAsync()).ShouldContain("organizations:manage");

        Task<Answer> StepUpAsync() => chief.Client.PostAsync("/users/me/step-up", new { code = chief.NextCode() }, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("organization_id = '{0}'", "fk_terms_acceptances_terms_versions")]
    [InlineData("number = 2", "fk_terms_acceptances_terms_versions")]
    [InlineData("language = 'en'", "fk_terms_acceptances_terms_versions")]
    [InlineData("user_id = gen_random_uuid()", "fk_terms_acceptances_users_user_id")]
    public async Task The_database_keeps_acceptances_of_what_there_is(string change, string constraint)
    {
        var organization = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("ADMIN", organization);
        var version = await user.Client.PublishTermsAsync();
        await user.Client.AcceptTermsAsync(version);
        var other = await host.NewOrganizationAsync();
        var failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync(
                $"UPDATE identity.terms_acceptances SET {change.Replace("{0}", other.ToString(), StringComparison.Ordinal)} WHERE user_id = '{user.Id}'"
            )
        );
        failure.ConstraintName.ShouldBe(constraint);
        failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync($"DELETE FROM identity.terms_versions WHERE id = '{version.Id}'")
        );
        failure.ConstraintName.ShouldBe("fk_terms_acceptances_terms_versions");
    }

    [Fact]
    public async Task An_account_that_goes_takes_its_acceptances_along()
    {
        var user = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var version = await user.Client.PublishTermsAsync();
        await user.Client.AcceptTermsAsync(version);

        await host.Host.ExecuteSqlAsync($"DELETE FROM identity.users WHERE id = '{user.Id}'");

        (await host.Host.ReadSqlAsync($"SELECT count(*) FROM identity.terms_acceptances WHERE user_id = '{user.Id}'")).ShouldBe(0L);
        // The token works a moment longer, and accepts nothing.
        (await user.Client.AcceptTermsAsync(version)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static (string? Waiting, string? Missing) StandingOf(Answer session) => (session["termsWaiting"], session["termsMissing"]);

    private static List<string> PermissionsOf(Answer session) =>
        [.. new JsonWebToken(session["accessToken"]).Claims.Where(claim => claim.Type == "permissions").Select(claim => claim.Value)];

    private static List<string?> AcceptersOf(Answer page) =>
        [.. page.Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("user").GetProperty("username").GetString())];

    private static async Task<string?> AcceptedAtAsync(HttpClient client, Guid id) =>
        (await client.GetAsync("/users/me/terms", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(row => row.GetProperty("id").GetGuid() == id)
            .GetProperty("acceptedAt")
            .GetString();

    private static Task<Answer> SetMandatoryAsync(HttpClient admin, Guid organization, bool mandatory = true) =>
        admin.ExpectAsync("PATCH", $"/organizations/{organization}", new { termsMandatory = mandatory }, HttpStatusCode.OK);

    private Task<Answer> RefreshAsync(Answer session) =>
        host.Client.PostAsync("/auth/token/refresh", new { refreshToken = session["refreshToken"] }, HttpStatusCode.OK);
}
