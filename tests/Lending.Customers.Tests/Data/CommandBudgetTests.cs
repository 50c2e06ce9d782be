using System.Text.Json.Nodes;
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
        var registration = JsonNode
            .Parse(System.Text.Json.JsonSerializer.Serialize(CustomersFixture.Person(), System.Text.Json.JsonSerializerOptions.Web))!
            .AsObject();
        registration["username"] = Unique.Username();
        registration["password"] = "violet-harbour-47-kites";
        registration["passwordConfirm"] = "violet-harbour-47-kites";

        await host.ShouldKeepAsync(
            new("GetCustomer", 1, () => installer.SendAsync("GET", customer)),
            new("ExportCustomer", 1, () => administrator.SendAsync("GET", $"{customer}/export")),
            new("ListCustomers", 1, () => installer.SendAsync("GET", "/customers")),
            new("ListCustomers: of a search", 1, () => installer.SendAsync("GET", "/customers?search=example.org&sort=name")),
            new("CreateCustomer", 2, () => installer.SendAsync("POST", "/customers", CustomersFixture.Person())),
            new("RegisterCustomer", 2, () => host.Client.SendAsync("POST", "/auth/register-customer", registration)),
            new("UpdateCustomer", 3, () => installer.SendAsync("PUT", customer, CustomersFixture.Person())),
            new("PatchCustomer", 2, () => installer.SendAsync("PATCH", customer, new JsonObject { ["city"] = Unique.Text() })),
            new("MoveCustomer", 2, () => administrator.SendAsync("POST", $"{customer}/installer", new { installerId })),
            // The customer, and their account, which another module finds.
            new("InviteCustomer", 2, () => installer.SendAsync("POST", $"{customer}/invitation")),
            // As to delete, with the account, and what stays in the customer's place.
            new("EraseCustomer", 4, () => administrator.SendAsync("POST", $"{toErase}/erase")),
            new("GetErasure", 1, () => administrator.SendAsync("GET", $"{toErase}/erasure")),
            // Locked first, so that no offer can refer to the customer who is being deleted.
            new("DeleteCustomer", 3, () => installer.SendAsync("DELETE", toDelete))
        );
    }
}
