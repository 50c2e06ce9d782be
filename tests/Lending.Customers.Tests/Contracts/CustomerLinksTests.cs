using System.Net;
using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Contracts;

/// <summary>Links with which customers come to their pages: a link and, of the same session, a code.</summary>
public sealed class CustomerLinksTests(CustomersFixture host)
{
    private const string Session = "a-session-of-256-random-bits";
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task With_a_code_of_the_mail_the_pages_open_in_that_session_alone()
    {
        var (key, customer) = await NewAsync();
        (await OpenAsync(key))!.IsConfirmed.ShouldBeFalse();

        var code = await NewCodeAsync(key, customer.Email);
        (await ConfirmAsync(key, code)).ShouldBeNull();

        (await OpenAsync(key)).ShouldBe(new OpenedLink(organization, customer.Id, IsConfirmed: true));
        (await OpenAsync(key, "another")).ShouldBe(new OpenedLink(organization, customer.Id, IsConfirmed: false));
        // A code opens once.
        (await ConfirmAsync(key, code, "another"))!.Code.ShouldBe("code-expired");
    }

    [Theory]
    [InlineData("none was asked for", "code-expired")]
    [InlineData("wrong", "code-wrong")]
    [InlineData("another session", "code-wrong")]
    [InlineData("too late", "code-expired")]
    public async Task Without_the_right_code_they_stay_closed(string cause, string expected)
    {
        var (key, customer) = await NewAsync();
        var code = cause == "none was asked for" ? "123456" : await NewCodeAsync(key, customer.Email);
        if (cause == "too late")
        {
            await SqlAsync($"UPDATE customers.customer_links SET code_expires_at = now() WHERE id = '{key.LinkId}'");
        }

        var error = await ConfirmAsync(
            key,
            cause == "wrong" ? (code == "123456" ? "654321" : "123456") : code,
            cause == "another session" ? "another" : Session
        );

        error.ShouldNotBeNull().Code.ShouldBe(expected);
        (await OpenAsync(key))!.IsConfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_who_guess_at_once_five_are_heard()
    {
        var (key, customer) = await NewAsync();
        var code = await NewCodeAsync(key, customer.Email);

        var errors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConfirmAsync(key, code, "another")));

        errors.Count(error => error!.Code == "code-wrong").ShouldBe(MailedLink.MostTries);
        errors.Count(error => error!.Code == "code-expired").ShouldBe(8 - MailedLink.MostTries);
    }

    [Theory]
    [InlineData("another token")]
    [InlineData("another link")]
    [InlineData("expired")]
    [InlineData("another e-mail")]
    [InlineData("revoked")]
    [InlineData("deleted")]
    public async Task A_link_that_does_not_work_answers_the_same_whatever_the_cause(string cause)
    {
        var (key, customer) = await NewAsync();
        await ConfirmAsync(key, await NewCodeAsync(key, customer.Email));
        switch (cause)
        {
            case "another token":
                key = key with { Token = Secret.New() };
                break;
            case "another link":
                key = key with { LinkId = (await NewAsync()).Key.LinkId };
                break;
            case "expired":
                await SqlAsync($"UPDATE customers.customer_links SET expires_at = now() WHERE id = '{key.LinkId}'");
                break;
            case "another e-mail":
                var email = new { email = Unique.Email() };
                await host.Installer(organization).ExpectAsync("PATCH", $"/customers/{customer.Id}", email, HttpStatusCode.OK);
                break;
            case "revoked":
                await host.Installer(organization).ExpectAsync("DELETE", $"/customers/{customer.Id}/links", null, HttpStatusCode.NoContent);
                break;
            default:
                await host.Installer(organization).ExpectAsync("DELETE", $"/customers/{customer.Id}", null, HttpStatusCode.NoContent);
                (await ScalarAsync<long>($"SELECT count(*) FROM customers.customer_links WHERE id = '{key.LinkId}'")).ShouldBe(0);
                break;
        }

        (await OpenAsync(key)).ShouldBeNull();
        var sent = await DoAsync(links => links.SendCodeAsync(key, Session, TestContext.Current.CancellationToken));
        sent!.Code.ShouldBe(MailedLink.Invalid.Code);
        (await ConfirmAsync(key, "123456"))!.Code.ShouldBe(MailedLink.Invalid.Code);
    }

    [Fact]
    public async Task Revoking_takes_a_customer_s_links_and_nobody_else_s_and_the_next_one_works()
    {
        var (key, customer) = await NewAsync();
        var (other, _) = await NewAsync();
        var path = $"/customers/{customer.Id}/links";
        (await host.Installer(Unique.Id()).SendAsync("DELETE", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.ClientFor(Persons.Customer(organization, customer.Id)).SendAsync("DELETE", path)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await OpenAsync(key)).ShouldNotBeNull();

        await host.Installer(organization).ExpectAsync("DELETE", path, null, HttpStatusCode.NoContent);
        await host.Installer(organization).ExpectAsync("DELETE", path, null, HttpStatusCode.NoContent);

        (await OpenAsync(key)).ShouldBeNull();
        (await OpenAsync(other)).ShouldNotBeNull();
        (await OpenAsync((await CreateAsync(customer.Id)).Key)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_pages_close_after_a_while_and_a_new_link_takes_expired_ones_away()
    {
        var (key, customer) = await NewAsync();
        await ConfirmAsync(key, await NewCodeAsync(key, customer.Email));
        await SqlAsync(
            $"UPDATE customers.customer_links SET session_ends_at = now(), expires_at = now() + '1 hour' WHERE id = '{key.LinkId}'"
        );

        (await OpenAsync(key))!.IsConfirmed.ShouldBeFalse();

        await SqlAsync($"UPDATE customers.customer_links SET expires_at = now() WHERE id = '{key.LinkId}'");
        await CreateAsync(customer.Id);
        (await ScalarAsync<long>($"SELECT count(*) FROM customers.customer_links WHERE customer_id = '{customer.Id}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Token_code_and_session_are_stored_as_hashes_and_the_address_encrypted()
    {
        var (key, customer) = await NewAsync();
        var code = await NewCodeAsync(key, customer.Email);
        var stored = await ScalarAsync<string>($"SELECT row_to_json(l)::text FROM customers.customer_links l WHERE id = '{key.LinkId}'");

        stored.ShouldNotContain(key.Token);
        stored.ShouldNotContain(customer.Email);
        using var json = JsonDocument.Parse(stored);
        json.RootElement.GetProperty("code_hash").GetString().ShouldBe($"\\x{Hex($"{Session} {code}")}");
        await ConfirmAsync(key, code);
        stored = await ScalarAsync<string>($"SELECT encode(session_hash, 'hex') FROM customers.customer_links WHERE id = '{key.LinkId}'");
        stored.ShouldBe(Hex(Session));
    }

    private static string Hex(string secret) => Convert.ToHexStringLower(Secret.Hash(secret));

    private async Task<(CustomerLinkKey Key, CustomerSummary Customer)> NewAsync() =>
        await CreateAsync((await host.Installer(organization).CreateCustomerAsync()).Id);

    // As a module does that mails it.
    private Task<(CustomerLinkKey Key, CustomerSummary Customer)> CreateAsync(Guid customerId) =>
        host.InModuleAsync(
            organization,
            async services =>
            {
                var ct = TestContext.Current.CancellationToken;
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(ct);
                var customer = (await services.GetRequiredService<ICustomerDirectory>().HoldAsync(customerId, ct))!;
                var key = await services.GetRequiredService<ICustomerLinks>().CreateAsync(customer, ct);
                await transaction.CommitAsync(ct);
                return (key, customer);
            }
        );

    private async Task<string> NewCodeAsync(CustomerLinkKey key, string email)
    {
        (await DoAsync(links => links.SendCodeAsync(key, Session, TestContext.Current.CancellationToken))).ShouldBeNull();
        var message = host.Messages.To(email).Last(sent => sent.Kind == MessageKind.CustomerCode);
        message.ExpiresAt.ShouldNotBeNull();
        return message.Values["code"];
    }

    private Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session = Session) =>
        DoAsync(links => links.OpenAsync(key, session, TestContext.Current.CancellationToken));

    private Task<Error?> ConfirmAsync(CustomerLinkKey key, string code, string session = Session) =>
        DoAsync(links => links.ConfirmAsync(key, session, code, TestContext.Current.CancellationToken));

    // As a request of nobody who is known.
    private Task<T> DoAsync<T>(Func<ICustomerLinks, Task<T>> work) =>
        host.InModuleAsync(Guid.Empty, services => work(services.GetRequiredService<ICustomerLinks>()));

    private async Task SqlAsync(string statement)
    {
        await using var command = host.Database.CreateCommand(statement);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    private async Task<T> ScalarAsync<T>(string statement)
    {
        await using var command = host.Database.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
