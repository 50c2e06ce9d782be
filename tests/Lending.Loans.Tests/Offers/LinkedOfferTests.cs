using System.Net;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests.Offers;

/// <summary>What pages of another module do for whoever holds a link.</summary>
public sealed class LinkedOfferTests(LoansFixture fixture)
{
    private const string Session = "a-session-of-256-random-bits";
    private readonly Office office = new(fixture);

    [Fact]
    public async Task With_a_code_from_the_mail_it_is_accepted_and_later_withdrawn_from_with_another()
    {
        var key = await NewKeyAsync();
        var offer = (await ReadAsync(key))!;
        offer.State.ShouldBe(LinkedOfferState.Open);
        offer.AnsweredAt.ShouldBeNull();
        offer.CustomerName.ShouldBe(office.Customer.FullName);

        (await AcceptAsync(key, offer, await NewCodeAsync(key))).ShouldBeNull();

        var accepted = (await ReadAsync(key))!;
        accepted.State.ShouldBe(LinkedOfferState.Accepted);
        accepted.AnsweredAt.ShouldNotBeNull();
        accepted.Credit.WithdrawalEndsAt.ShouldNotBeNull();
        var acceptance = await office.Installer.GetAsync($"/loan-offers/{key.OfferId}/acceptance", HttpStatusCode.OK);
        acceptance["typedName"].ShouldBe("Ada");
        acceptance["overLink"].ShouldBe("True");
        acceptance["ipAddress"].ShouldBe("192.0.2.7");
        fixture.Guards.Asked.ShouldContain(asked =>
            asked.Guard == typeof(FakeGuards.OfAcceptance) && asked.Offer.Id == key.OfferId && asked.Offer.IsProvedByCode
        );

        (await WithdrawAsync(key, await NewCodeAsync(key))).ShouldBeNull();

        (await ReadAsync(key))!.State.ShouldBe(LinkedOfferState.Withdrawn);
        var receipt = office.Messages.To(office.Customer.Email).Single(message => message.Kind == MessageKind.WithdrawalReceipt);
        receipt.Values["arrivedAt"].ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0[12]:00$");
        receipt.CustomerId.ShouldBe(office.Customer.Id);
    }

    [Fact]
    public async Task Withdrawing_with_the_account_is_receipted_too()
    {
        var offer = await office.OfferAsync("ACCEPTED");

        await office.GoAsync(offer, "withdraw");

        office.Messages.To(office.Customer.Email).Count(message => message.Kind == MessageKind.WithdrawalReceipt).ShouldBe(1);
    }

    [Fact]
    public async Task Who_accepted_without_a_link_gets_one_to_withdraw_and_nothing_else()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        var open = await office.OfferAsync("APPROVED");
        Task<string?> LinkAsync(Guid offerId) =>
            office.BehindTheApiAsync<IWithdrawalLinks, string?>(links =>
                links.CreateAsync(offerId, office.Customer.Email, TestContext.Current.CancellationToken)
            );

        (await LinkAsync(open.Id)).ShouldBeNull();
        var key = new OfferKey(offer.Id, (await LinkAsync(offer.Id)).ShouldNotBeNull());

        (await ReadAsync(key))!.State.ShouldBe(LinkedOfferState.Accepted);
        (await DoAsync(offers => offers.DeclineAsync(key, null, TestContext.Current.CancellationToken))).ShouldNotBeNull();
        (await WithdrawAsync(key, new OfferCode(Session, "000000"))).ShouldNotBeNull().Code.ShouldBe("code-expired");
        (await WithdrawAsync(key, await NewCodeAsync(key))).ShouldBeNull();
        (await ReadAsync(key))!.State.ShouldBe(LinkedOfferState.Withdrawn);
        (await LinkAsync(offer.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task It_is_declined_with_the_link_alone()
    {
        var key = await NewKeyAsync();

        (await DoAsync(offers => offers.DeclineAsync(key, "Too dear", TestContext.Current.CancellationToken))).ShouldBeNull();

        (await ReadAsync(key))!.State.ShouldBe(LinkedOfferState.Declined);
        (await DoAsync(offers => offers.DeclineAsync(key, null, TestContext.Current.CancellationToken)))!.Code.ShouldBe("link-invalid");
    }

    [Theory]
    [InlineData("none was asked for", "code-expired")]
    [InlineData("wrong", "code-wrong")]
    [InlineData("another session", "code-wrong")]
    [InlineData("the one before", "code-wrong")]
    [InlineData("tried too often", "code-expired")]
    [InlineData("too late", "code-expired")]
    public async Task Without_the_right_code_nothing_is_accepted(string cause, string expected)
    {
        var key = await NewKeyAsync();
        var offer = (await ReadAsync(key))!;
        var code = new OfferCode(Session, "000000");
        if (cause != "none was asked for")
        {
            code = await NewCodeAsync(key);
        }
        var wrong = code with { Digits = code.Digits == "123456" ? "654321" : "123456" };
        switch (cause)
        {
            case "wrong":
                code = wrong;
                break;
            case "another session":
                code = code with { Session = "another" };
                break;
            case "the one before":
                for (var next = code; next.Digits == code.Digits; )
                {
                    next = await NewCodeAsync(key);
                }
                break;
            case "tried too often":
                for (var tries = 0; tries < 5; tries++)
                {
                    (await AcceptAsync(key, offer, wrong))!.Code.ShouldBe("code-wrong");
                }
                break;
            case "too late":
                await office.SqlAsync($"UPDATE loans.offer_links SET code_expires_at = now() WHERE offer_id = '{key.OfferId}'");
                break;
            default:
                break;
        }

        var error = await AcceptAsync(key, offer, code);

        error.ShouldNotBeNull().Code.ShouldBe(expected);
        error.Field.ShouldBe("code");
        (await office.Installer.GetAsync($"/loan-offers/{key.OfferId}", HttpStatusCode.OK))["status"].ShouldBe("APPROVED");
    }

    [Fact]
    public async Task Of_many_who_guess_at_once_five_are_heard()
    {
        var key = await NewKeyAsync();
        var offer = (await ReadAsync(key))!;
        var code = await NewCodeAsync(key);

        var errors = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AcceptAsync(key, offer, code with { Session = "another" })));

        errors.Count(error => error!.Code == "code-wrong").ShouldBe(5);
        errors.Count(error => error!.Code == "code-expired").ShouldBe(7);
    }

    [Fact]
    public async Task A_link_has_ten_codes_and_then_none()
    {
        var key = await NewKeyAsync();
        for (var sent = 0; sent < 10; sent++)
        {
            await NewCodeAsync(key);
        }

        (await DoAsync(offers => offers.SendCodeAsync(key, Session, TestContext.Current.CancellationToken)))!.Code.ShouldBe(
            "too-many-codes"
        );
        office.Messages.To(office.Customer.Email).Count(message => message.Kind == MessageKind.OfferCode).ShouldBe(10);
    }

    [Fact]
    public async Task A_code_is_stored_as_a_hash_with_its_session()
    {
        var key = await NewKeyAsync();
        var code = await NewCodeAsync(key);

        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT encode(code_hash, 'hex') FROM loans.offer_links WHERE offer_id = '{key.OfferId}'"
        );
        var stored = (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        stored.ShouldBe(Convert.ToHexStringLower(Platform.Security.Secret.Hash($"{Session} {code.Digits}")));
    }

    [Fact]
    public async Task An_outdated_version_is_refused_and_the_code_works_for_the_next()
    {
        var key = await NewKeyAsync();
        var offer = (await ReadAsync(key))!;
        var code = await NewCodeAsync(key);

        var outdated = offer with { Credit = offer.Credit with { Version = 2 } };
        (await AcceptAsync(key, outdated, code))!.Code.ShouldBe("offer-version-outdated");
        (await AcceptAsync(key, offer, code)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_guard_objects_leaves_the_link_as_it_was()
    {
        var key = await NewKeyAsync();
        var offer = (await ReadAsync(key))!;
        fixture.Guards.ToAcceptance[key.OfferId] = Error.Conflict("disclosure-missing", "Missing");

        (await AcceptAsync(key, offer, await NewCodeAsync(key)))!.Code.ShouldBe("disclosure-missing");

        (await ReadAsync(key))!.State.ShouldBe(LinkedOfferState.Open);
    }

    [Theory]
    [InlineData("answered with the account")]
    [InlineData("the customer has another e-mail")]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("unknown")]
    [InlineData("the period to withdraw is over")]
    [InlineData("another e-mail since the answer")]
    public async Task A_link_that_does_not_work_reads_and_does_nothing(string cause)
    {
        var key = await NewKeyAsync();
        switch (cause)
        {
            case "answered with the account":
                await office.GoAsync(await office.Installer.GetAsync($"/loan-offers/{key.OfferId}", HttpStatusCode.OK), "accept");
                break;
            case "the customer has another e-mail":
                fixture.Customers.Put(office.Customer with { Email = Unique.Email() });
                break;
            case "revoked":
                await office.Installer.ExpectAsync("DELETE", $"/loan-offers/{key.OfferId}/link", null, HttpStatusCode.NoContent);
                break;
            case "expired":
                await office.SqlAsync($"UPDATE loans.offer_links SET expires_at = now() WHERE offer_id = '{key.OfferId}'");
                break;
            case "unknown":
                key = key with { Token = new string('A', 43) };
                break;
            case "the period to withdraw is over":
                (await AcceptAsync(key, (await ReadAsync(key))!, await NewCodeAsync(key))).ShouldBeNull();
                await office.SqlAsync($"UPDATE loans.offers SET withdrawal_ends_at = now() WHERE id = '{key.OfferId}'");
                break;
            default:
                (await AcceptAsync(key, (await ReadAsync(key))!, await NewCodeAsync(key))).ShouldBeNull();
                fixture.Customers.Put(office.Customer with { Email = Unique.Email() });
                break;
        }
        var ct = TestContext.Current.CancellationToken;
        var code = new OfferCode(Session, "123456");

        (await ReadAsync(key)).ShouldBeNull();
        (await DoAsync(offers => offers.ReadDocumentAsync(key, "en", ct))).ShouldBeNull();
        foreach (
            var error in new[]
            {
                await DoAsync(offers => offers.SendCodeAsync(key, Session, ct)),
                await DoAsync(offers => offers.AcceptAsync(key, new LinkSignature("Ada", 1, "hash", null, ""), code, ct)),
                await DoAsync(offers => offers.DeclineAsync(key, null, ct)),
                await WithdrawAsync(key, code),
            }
        )
        {
            error.ShouldNotBeNull().Code.ShouldBe(ILinkedOffers.LinkInvalid);
        }
    }

    [Fact]
    public async Task The_document_is_the_one_of_the_API()
    {
        var key = await NewKeyAsync();

        var pdf = await DoAsync(offers => offers.ReadDocumentAsync(key, "de", TestContext.Current.CancellationToken));

        pdf.ShouldNotBeNull();
        System.Text.Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
    }

    private async Task<OfferKey> NewKeyAsync()
    {
        var offer = await office.OfferAsync("APPROVED");
        var link = await office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);
        return new OfferKey(offer.Id, link["token"]!);
    }

    private async Task<OfferCode> NewCodeAsync(OfferKey key)
    {
        (await DoAsync(offers => offers.SendCodeAsync(key, Session, TestContext.Current.CancellationToken))).ShouldBeNull();
        var message = office.Messages.To(office.Customer.Email).Last(sent => sent.Kind == MessageKind.OfferCode);
        message.ExpiresAt.ShouldNotBeNull();
        return new OfferCode(Session, message.Values["code"]);
    }

    private Task<LinkedOffer?> ReadAsync(OfferKey key) => DoAsync(offers => offers.ReadAsync(key, TestContext.Current.CancellationToken));

    private Task<Error?> AcceptAsync(OfferKey key, LinkedOffer offer, OfferCode code) =>
        DoAsync(offers =>
            offers.AcceptAsync(
                key,
                new LinkSignature("Ada", offer.Credit.Version, offer.Credit.DocumentHash, "192.0.2.7", "Firefox"),
                code,
                TestContext.Current.CancellationToken
            )
        );

    private Task<Error?> WithdrawAsync(OfferKey key, OfferCode code) =>
        DoAsync(offers => offers.WithdrawAsync(key, code, TestContext.Current.CancellationToken));

    // As a request of nobody who is known.
    private async Task<T> DoAsync<T>(Func<ILinkedOffers, Task<T>> work)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ILinkedOffers>());
    }
}
