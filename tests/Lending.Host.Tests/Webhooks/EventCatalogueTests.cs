using System.Reflection;
using System.Text.Json;
using Lending.Host.Tests.Architecture;
using Lending.Kernel;
using Lending.Platform.OpenApi;
using Lending.Platform.Outbox;
using Lending.Webhooks.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Webhooks;

/// <summary>Every event that modules tell each other can be told to systems outside, too, and stands in the API document.</summary>
public sealed class EventCatalogueTests(HostFixture host)
{
    [Fact]
    public void Every_event_of_a_contract_has_a_type_and_a_handler()
    {
        var events = ModuleFolders
            .Names.Select(module => Assembly.Load($"Lending.{module}.Contracts"))
            .SelectMany(contracts => contracts.GetExportedTypes())
            .Where(type => type.IsAssignableTo(typeof(IEvent)) && !type.IsAbstract)
            .ToList();
        events.Count.ShouldBeGreaterThan(5);

        EventCatalogue.All.Select(type => type.Contract).ShouldBe(events, ignoreOrder: true);
        host.App.Services.GetServices<EventSubscription>()
            .Where(subscription => subscription.Handler == "Announcement")
            .Select(subscription => subscription.EventType)
            .ShouldBe(events.Select(type => type.Name), ignoreOrder: true);
    }

    // Receivers know them by these: whoever renames one breaks them.
    [Fact]
    public void Types_keep_their_names() =>
        EventCatalogue
            .All.ToDictionary(type => type.Contract!.Name, type => type.Name)
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["LoanOfferCreated"] = "offer.created",
                    ["LoanOfferApproved"] = "offer.approved",
                    ["LoanOfferRejected"] = "offer.rejected",
                    ["LoanOfferAccepted"] = "offer.accepted",
                    ["LoanOfferDeclined"] = "offer.declined",
                    ["LoanOfferExpired"] = "offer.expired",
                    ["LoanOfferCancelled"] = "offer.cancelled",
                    ["LoanOfferWithdrawn"] = "offer.withdrawn",
                    ["LoanOfferDisbursed"] = "offer.disbursed",
                    ["LoanOfferWithdrawalPeriodEnded"] = "offer.withdrawal-period-ended",
                    ["DocumentApproved"] = "document.approved",
                    ["LoanDisbursed"] = "loan.disbursed",
                    ["LoanInstalmentDue"] = "loan.instalment-due",
                    ["LoanPaymentReceived"] = "loan.payment-received",
                    ["LoanPaymentReturned"] = "loan.payment-returned",
                    ["LoanEventReversed"] = "loan.event-reversed",
                    ["LoanArrearsChanged"] = "loan.arrears-changed",
                    ["LoanPayoutSettled"] = "loan.payout-settled",
                    ["LoanCalledDue"] = "loan.called-due",
                    ["LoanSettled"] = "loan.settled",
                    ["ApplicationSubmitted"] = "application.submitted",
                    ["DecisionMade"] = "application.decided",
                    ["ReviewRequested"] = "application.review-requested",
                    ["DisclosureIssued"] = "disclosure.issued",
                },
                ignoreOrder: true
            );

    [Fact]
    public async Task The_API_document_has_each_with_a_schema_and_an_example_that_fits_it()
    {
        var document = JsonElement.Parse(await host.Anonymous.GetStringAsync(LendingOpenApi.DocumentPath));
        var webhooks = document.GetProperty("x-webhooks");

        webhooks
            .EnumerateObject()
            .Select(webhook => webhook.Name)
            .ShouldBe(EventCatalogue.All.Append(EventCatalogue.Test).Select(type => type.Name));
        foreach (var webhook in webhooks.EnumerateObject())
        {
            var content = webhook
                .Value.GetProperty("post")
                .GetProperty("requestBody")
                .GetProperty("content")
                .GetProperty("application/json");
            var members = content.GetProperty("schema").GetProperty("properties");
            var example = content.GetProperty("example");
            NamesOf(example).ShouldBe(NamesOf(members));
            members.GetProperty("type").GetProperty("enum")[0].GetString().ShouldBe(webhook.Name);
            example.GetProperty("type").GetString().ShouldBe(webhook.Name);
            var schema = members.GetProperty("data").GetProperty("$ref").GetString()!.Split('/')[^1];
            var data = document.GetProperty("components").GetProperty("schemas").GetProperty(schema);
            NamesOf(example.GetProperty("data")).ShouldBe(NamesOf(data.GetProperty("properties")));
        }
    }

    private static IEnumerable<string> NamesOf(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
