using System.Text.Json.Nodes;
using Lending.Customers.Retention;
using Lending.Customers.Tests.Fakes;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Data;

/// <summary>
/// How often each slice asks the database: reads and lists once, creates at most three times. Accounts and guards are the neighbours'; a command of
/// the fake stands for an account that is written.
/// </summary>
public sealed class CommandBudgetTests
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        await using var host = await CustomersFixture.StartAsync();
        var organizationId = Unique.Id();
        var installer = host.ClientFor(Persons.Installer(organizationId));
        var administrator = host.ClientFor(Persons.Administrator(organizationId));
        var installerId = host.Services.GetRequiredService<FakeStaff>().Hire();
        var customer = $"/customers/{(await installer.CreateCustomerAsync()).Id}";
        var toDelete = $"/customers/{(await installer.CreateCustomerAsync()).Id}";
        var toErase = $"/customers/{(await installer.CreateCustomerAsync()).Id}";
        var consent = new { purpose = "newsletter", textVersion = "1" };
        var consentId = (
            await installer.PostAsync($"{customer}/consents", new { purpose = "sms", textVersion = "1" }, System.Net.HttpStatusCode.Created)
        ).Id;
        var rules = new { rules = new[] { new { records = "ERASURES", months = 40 }, new { records = "CONSENTS", months = 60 } } };
        await administrator.ExpectAsync("PUT", "/retention/rules", rules, System.Net.HttpStatusCode.OK);
        await host.Services.GetRequiredService<RetentionRun>().RunAsync(TestContext.Current.CancellationToken);
        var registration = JsonNode
            .Parse(System.Text.Json.JsonSerializer.Serialize(CustomersFixture.Person(), System.Text.Json.JsonSerializerOptions.Web))!
            .AsObject();
        registration["username"] = Unique.Username();
        registration["password"] = "violet-harbour-47-kites";
        registration["passwordConfirm"] = "violet-harbour-47-kites";

        await host.ShouldKeepAsync(
            new("GetCustomer", 1, () => installer.SendAsync("GET", customer)),
            new("ExportCustomer", 4, () => administrator.SendAsync("GET", $"{customer}/export")),
            new("ListCustomers", 1, () => installer.SendAsync("GET", "/customers")),
            new("ListCustomers: of a search", 1, () => installer.SendAsync("GET", "/customers?search=%20&sort=name")),
            new("CreateCustomer", 3, () => installer.SendAsync("POST", "/customers", CustomersFixture.Person())),
            new("RegisterCustomer", 3, () => host.Client.SendAsync("POST", "/auth/register-customer", registration)),
            new("UpdateCustomer", 4, () => installer.SendAsync("PUT", customer, CustomersFixture.Person())),
            new("PatchCustomer", 3, () => installer.SendAsync("PATCH", customer, new JsonObject { ["city"] = Unique.Text() })),
            new("MoveCustomer", 3, () => administrator.SendAsync("POST", $"{customer}/installer", new { installerId })),
            // The customer, and their account, which another module finds.
            new("InviteCustomer", 2, () => installer.SendAsync("POST", $"{customer}/invitation")),
            // As to delete, with the consents that are kept, and what stays in the customer's place.
            new("EraseCustomer", 8, () => administrator.SendAsync("POST", $"{toErase}/erase")),
            new("GetErasure", 1, () => administrator.SendAsync("GET", $"{toErase}/erasure")),
            // Locked first, so that no offer can refer to the customer who is being deleted; consents end.
            new("DeleteCustomer", 6, () => installer.SendAsync("DELETE", toDelete)),
            // The customer is held, and an earlier version of the text replaced.
            new("GiveConsent", 4, () => installer.SendAsync("POST", $"{customer}/consents", consent)),
            // The customer is held; the links are deleted, and that is noted.
            new("RevokeLinks", 3, () => installer.SendAsync("DELETE", $"{customer}/links")),
            new("WithdrawConsent", 3, () => installer.SendAsync("POST", $"{customer}/consents/{consentId}/withdraw", new { })),
            new("ListConsents", 1, () => installer.SendAsync("GET", $"{customer}/consents")),
            new("GetRetentionRules", 1, () => administrator.SendAsync("GET", "/retention/rules")),
            // The old ones go, the new ones come, and are read.
            new("PutRetentionRules", 3, () => administrator.SendAsync("PUT", "/retention/rules", rules)),
            new("PreviewRetention: of two rules", 2, () => administrator.SendAsync("POST", "/retention/preview", rules)),
            new("ListRetentionReports", 1, () => administrator.SendAsync("GET", "/retention/reports"))
        );
    }
}
