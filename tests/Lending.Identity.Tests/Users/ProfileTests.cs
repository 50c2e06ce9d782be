using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Users;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class ProfileTests(IdentityFixture host)
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_change_of_nothing_changes_nothing(string method)
    {
        var user = await host.NewRegisteredUserAsync();
        var before = await user.Client.GetAsync("/users/me", HttpStatusCode.OK);

        var same = new { username = user.Username, email = user.Email };
        var after = await user.Client.ExpectAsync(method, "/users/me", same, HttpStatusCode.OK);

        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
    }

    [Fact]
    public async Task Users_read_their_own_account_with_an_entity_tag()
    {
        var user = await host.NewRegisteredUserAsync();
        var profile = await user.Client.GetAsync("/users/me", HttpStatusCode.OK);
        profile.Id.ShouldBe(user.Id);
        profile["username"].ShouldBe(user.Username);
        profile["email"].ShouldBe(user.Email);
        profile["role"].ShouldBe("CUSTOMER");
        profile.ETag.ShouldNotBeNull();
        profile.Json.TryGetProperty("version", out _).ShouldBeFalse();
        (await host.Client.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Put_replaces_and_patch_changes_one_member()
    {
        var user = await host.NewRegisteredUserAsync();
        var (username, email) = (Unique.Username("Erika"), Unique.Email("Erika"));
        var replaced = await user.Client.ExpectAsync("PUT", "/users/me", new { username, email }, HttpStatusCode.OK);
        replaced["username"].ShouldBe(username);
        replaced["email"].ShouldBe(user.Email, "a new e-mail has to be confirmed");

        var other = Unique.Username("Anna");
        var patched = await user.Client.ExpectAsync("PATCH", "/users/me", new { username = other }, HttpStatusCode.OK, replaced.ETag);
        patched["username"].ShouldBe(other);
        patched["email"].ShouldBe(user.Email);
        (await user.Client.GetAsync("/users/me", HttpStatusCode.OK)).Text.ShouldBe(patched.Text);
        await host.LogInAsync(user.Email);
        await host.LogInAsync(other);
        (await host.Client.SendAsync("POST", "/auth/login", new { username, password = IdentityFixture.Password })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task A_patch_of_one_member_leaves_the_other()
    {
        var user = await host.NewRegisteredUserAsync();
        var changes = new JsonObject { ["username"] = Unique.Username(), ["email"] = user.Email.ToUpperInvariant() };
        changes.Count.ShouldBe(2);

        await user.Client.ShouldChangeEachMemberAloneAsync<ProfileRequest>(_ => "/users/me", changes);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Names_of_others_are_taken_and_an_own_one_in_other_case_is_not(string method)
    {
        var (user, other) = (await host.NewRegisteredUserAsync(), await host.NewRegisteredUserAsync());
        (
            await user.Client.SendAsync(method, "/users/me", new { username = other.Username.ToUpperInvariant(), email = user.Email })
        ).ShouldBeProblem(HttpStatusCode.Conflict, "username-taken");
        await user.Client.ExpectAsync(
            method,
            "/users/me",
            new { username = user.Username.ToUpperInvariant(), email = user.Email.ToUpperInvariant() },
            HttpStatusCode.OK
        );
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_stale_entity_tag_is_refused(string method)
    {
        var user = await host.NewRegisteredUserAsync();
        var stale = (await user.Client.GetAsync("/users/me", HttpStatusCode.OK)).ETag;
        await user.Client.ExpectAsync("PATCH", "/users/me", new { username = Unique.Username() }, HttpStatusCode.OK, stale);
        (await user.Client.SendAsync(method, "/users/me", new { user.Username, user.Email }, stale)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Bad_input_is_refused_and_nothing_is_stored(string method)
    {
        var user = await host.NewRegisteredUserAsync();
        var before = await user.Client.GetAsync("/users/me", HttpStatusCode.OK);
        await user.Client.ShouldBeRefusedAsync(method, "/users/me");
        var cases = BadFields
            .OfAccounts()
            // An absent member of a patch stays as it is.
            .Where(item => method == "PUT" || !ReferenceEquals(item.Value, BadFields.Missing));
        await user.Client.ShouldRefuseAsync(
            method,
            "/users/me",
            new { username = Unique.Username(), email = Unique.Email() },
            [.. cases, ("role", "ADMIN", "unknown-member"), ("active", false, "unknown-member")]
        );
        (await user.Client.GetAsync("/users/me", HttpStatusCode.OK)).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task The_token_of_a_user_who_is_gone_finds_no_account()
    {
        await using var own = await IdentityFixture.StartAsync();
        var ghost = own.ClientFor(new AccessTokenSubject(Unique.Id(), "ghost", Unique.Id(), "CUSTOMER", null, 0, ["account:own"]));
        var body = new { username = "ghost-one", email = "ghost@example.org" };
        (await ghost.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await ghost.SendAsync("PUT", "/users/me", body)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await ghost.SendAsync("PATCH", "/users/me", body)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }
}
