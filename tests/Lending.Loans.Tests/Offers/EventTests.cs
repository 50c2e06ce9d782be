using System.Net;
using System.Text.Json;
using Lending.Loans.Data;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Tests.Offers;

/// <summary>What is written into the outbox with each transition.</summary>
public sealed class EventTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("PENDING", "LoanOfferCreated")]
    [InlineData("APPROVED", "LoanOfferCreated", "LoanOfferApproved")]
    [InlineData("REJECTED", "LoanOfferCreated", "LoanOfferRejected")]
    [InlineData("CANCELLED", "LoanOfferCreated", "LoanOfferCancelled")]
    [InlineData("ACCEPTED", "LoanOfferCreated", "LoanOfferApproved", "LoanOfferAccepted")]
    [InlineData("DECLINED", "LoanOfferCreated", "LoanOfferApproved", "LoanOfferDeclined")]
    [InlineData("EXPIRED", "LoanOfferCreated", "LoanOfferApproved", "LoanOfferExpired")]
    [InlineData("WITHDRAWN", "LoanOfferCreated", "LoanOfferApproved", "LoanOfferAccepted", "LoanOfferWithdrawn")]
    [InlineData("DISBURSED", "LoanOfferCreated", "LoanOfferApproved", "LoanOfferAccepted", "LoanOfferDisbursed")]
    public async Task Every_transition_tells_its_event(string state, params string[] expected)
    {
        var offer = await office.OfferAsync(state);

        var events = await office.EventsAsync(offer);

        events.Select(happened => happened.Type).ShouldBe(expected);
        var history = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
        foreach (var (happened, step) in events.Zip(history.Json.GetProperty("items").EnumerateArray()))
        {
            happened.Payload.GetProperty("organizationId").GetGuid().ShouldBe(office.Id);
            happened.Payload.GetProperty("customerId").GetGuid().ShouldBe(office.Customer.Id);
            happened.Payload.GetProperty("at").GetDateTimeOffset().ShouldBe(step.GetProperty("at").GetDateTimeOffset());
            happened.Payload.GetProperty("by").GetGuid().ShouldBe(step.GetProperty("by").GetProperty("id").GetGuid());
            happened
                .Payload.EnumerateObject()
                .Select(member => member.Name)
                .ShouldBe(["offerId", "organizationId", "customerId", "at", "by"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task What_is_refused_or_changes_no_state_tells_nothing()
    {
        var offer = await office.OfferAsync();
        await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":20}""", HttpStatusCode.OK);
        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/comments", new { text = "Noted" }, HttpStatusCode.Created);
        (await office.TryAsync(offer, "disburse")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await office.TryAsync(offer, "approve", "\"1\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        (await office.EventsAsync(offer)).Select(happened => happened.Type).ShouldBe(["LoanOfferCreated"]);
    }

    [Fact]
    public async Task The_loser_of_a_race_tells_nothing()
    {
        for (var round = 0; round < 10; round++)
        {
            var offer = await office.OfferAsync();

            await Task.WhenAll(office.TryAsync(offer, "approve"), office.TryAsync(offer, "reject"), office.TryAsync(offer, "cancel"));

            var history = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
            var states = history.Json.GetProperty("items").EnumerateArray().Select(step => step.GetProperty("to").GetString()!).ToList();
            (await office.EventsAsync(offer))
                .Select(happened =>
                    happened.Type["LoanOffer".Length..].ToUpperInvariant().Replace("CREATED", "PENDING", StringComparison.Ordinal)
                )
                .ShouldBe(states);
        }
    }
}

internal static class Outbox
{
    /// <summary>The types of all events of the organisation.</summary>
    public static Task<List<string>> AllEventsAsync(this Office office) =>
        office.BehindTheApiAsync((LoansDbContext db) => db.Outbox.Select(message => message.Type).ToListAsync());

    /// <summary>The events of an offer, oldest first.</summary>
    public static async Task<List<(string Type, JsonElement Payload)>> EventsAsync(this Office office, Answer offer)
    {
        var messages = await office.BehindTheApiAsync(
            (LoansDbContext db) =>
                db
                    .Outbox.AsNoTracking()
                    .OrderBy(message => message.OccurredAt)
                    .Select(message => new { message.Type, message.Payload })
                    .ToListAsync()
        );
        return
        [
            .. messages
                .Select(message => (message.Type, Payload: JsonElement.Parse(message.Payload)))
                .Where(message => message.Payload.GetProperty("offerId").GetGuid() == offer.Id),
        ];
    }
}
