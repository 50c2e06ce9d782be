using System.Net;
using Lending.Platform.Outbox;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Running;

/// <summary>How often the hot operations ask the database with all real modules and real tokens: nobody looks users up for each request.</summary>
public sealed class CommandBudgetTests : IAsyncLifetime
{
    private const int Calls = 5;

    // A host of its own, as other tests' commands must not be counted; nor must the notice of an event, which goes out beside the request.
    private readonly HostFixture host = new() { AddServices = services => services.AddSingleton(new OutboxBell([])) };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Hot_operations_ask_the_database_no_more_often_than_they_must()
    {
        var world = new World(host);
        var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);

        await ShouldTakeAsync(1, () => installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK));
        await ShouldTakeAsync(1, () => installer.GetAsync("/loan-offers", HttpStatusCode.OK));
        await ShouldTakeAsync(1, () => installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK));
        await ShouldTakeAsync(1, () => installer.GetAsync("/customers?search=gro", HttpStatusCode.OK));
        // The customer is held; then offer, history and event are written.
        await ShouldTakeAsync(2, () => installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created));
        // The profile is written, the e-mail looked up among the accounts, and the account written.
        await ShouldTakeAsync(4, () => installer.PostAsync("/customers", World.NewCustomer(), HttpStatusCode.Created));
        // Two more: the name that the customer chose is looked up, among everybody's, after which it is told again whose rows these are. Hashing the password takes as long as a hundred commands.
        await ShouldTakeAsync(
            6,
            () => host.Anonymous.PostAsync("/auth/register-customer", World.NewRegistration(), HttpStatusCode.Created)
        );
    }

    [Fact]
    public async Task Slices_that_concern_several_modules_ask_the_database_no_more_often_than_they_must()
    {
        var world = new World(host);
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        var leavers = new Queue<Guid>();
        for (var number = 0; number < Calls; number++)
        {
            leavers.Enqueue(await World.CreateCustomerAsync(installer));
        }
        var productId = (await administrator.PostAsync("/loan-products", World.NewProduct(), HttpStatusCode.Created)).Id;
        var offer = new
        {
            customerId,
            productId,
            loanAmount = 18_000,
            termMonths = 120,
        };

        // The customer, the account and the customer's language are read, the earlier secret goes, the new one, its entry and the message are written.
        await ShouldTakeAsync(7, () => installer.PostAsync($"/customers/{customerId}/invitation", null, HttpStatusCode.Accepted));
        // The profile is read and written, the account, too, and the e-mail is looked up among the accounts in between.
        await ShouldTakeAsync(6, () => installer.ExpectAsync("PUT", $"/customers/{customerId}", World.NewCustomer(), HttpStatusCode.OK));
        // The customer is locked, offers are looked for, the profile goes; then the account is read, and goes together with its access; links to own pages and messages go, and what the customer did not want and which addresses did not work is looked for; the audit log tells of it.
        await ShouldTakeAsync(13, () => installer.ExpectAsync("DELETE", $"/customers/{leavers.Dequeue()}", null, HttpStatusCode.NoContent));
        // The product is read and the customer held; then offer, history and event are written.
        await ShouldTakeAsync(3, () => installer.PostAsync("/loan-offers", offer, HttpStatusCode.Created));
    }

    // What is saved first in a transaction needs one more, which tells PostgreSQL whose rows these are.
    // The least of five: now and then the host's jobs ask the database, and what is cached for seconds is read anew.
    private async Task ShouldTakeAsync(int count, Func<Task<Answer>> call)
    {
        var calls = new List<IReadOnlyCollection<SentCommand>>();
        for (var number = 0; number < Calls; number++)
        {
            calls.Add(await host.App.Services.CommandsOfAsync(call));
        }
        var least = calls.MinBy(commands => commands.Count)!;
        least.Count.ShouldBe(count, string.Join(";\n", least.Select(command => command.Text)));
    }
}
