using System.Net;
using Lending.Customers.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Contracts;

/// <summary>What the Loans module relies on: a customer that it holds is not deleted under its hands.</summary>
public class CustomerDirectoryTests(CustomersFixture host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongEnoughToSeeItWait = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task It_tells_name_email_address_language_and_phone_number()
    {
        var organization = Unique.Id();
        var person = CustomersFixture.Person() with
        {
            AddressLine1 = "Hauptstraße 12",
            AddressLine2 = "2. Stock",
            PostalCode = "70173",
            City = "Stuttgart",
            State = null,
            Country = "de",
            Language = "de",
        };
        var created = await host.Installer(organization).PostAsync("/customers", person, HttpStatusCode.Created);

        var summary = await HoldAsync(organization, created.Id);

        summary.ShouldBe(
            new CustomerSummary(
                created.Id,
                $"{person.FirstName} {person.LastName}",
                person.Email,
                "Hauptstraße 12\n2. Stock\n70173 Stuttgart\nDE",
                "de"
            )
            {
                PhoneNumber = created["phoneNumber"],
                Country = "DE",
            }
        );
    }

    [Fact]
    public async Task It_finds_nothing_of_another_organisation()
    {
        var created = await host.Installer().CreateCustomerAsync();

        (await HoldAsync(Unique.Id(), created.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_can_lock_a_customer_of_another_organisation()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        await host.InModuleAsync(
            Unique.Id(),
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                var directory = services.GetRequiredService<ICustomerDirectory>();
                (await directory.HoldAsync(created.Id, CancellationToken.None)).ShouldBeNull();
                var deletion = client.SendAsync("DELETE", $"/customers/{created.Id}");
                var answer = await deletion.WaitAsync(Patience, TestContext.Current.CancellationToken);
                answer.Status.ShouldBe(HttpStatusCode.NoContent);
                return answer;
            }
        );
    }

    [Fact]
    public async Task Who_deletes_a_customer_of_another_organisation_waits_for_nobody_there()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();

        await host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                var directory = services.GetRequiredService<ICustomerDirectory>();
                (await directory.HoldAsync(created.Id, CancellationToken.None)).ShouldNotBeNull();
                var deletion = host.Installer().SendAsync("DELETE", $"/customers/{created.Id}");
                return (await deletion.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeProblem(
                    HttpStatusCode.NotFound,
                    "not-found"
                );
            }
        );
    }

    [Fact]
    public async Task A_deletion_waits_for_who_holds_the_customer_and_then_sees_what_they_did()
    {
        var organization = Unique.Id();
        var client = host.Installer(organization);
        var created = await client.CreateCustomerAsync();

        Task<Answer>? deleting = null;
        await host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                var held = await services.GetRequiredService<ICustomerDirectory>().HoldAsync(created.Id, CancellationToken.None);
                deleting = client.SendAsync("DELETE", $"/customers/{created.Id}");
                await Task.Delay(LongEnoughToSeeItWait, TestContext.Current.CancellationToken);
                deleting.IsCompleted.ShouldBeFalse();
                host.Guard.AddOffer(created.Id);
                await transaction.CommitAsync(CancellationToken.None);
                return held;
            }
        );

        (await deleting!).ShouldBeProblem(HttpStatusCode.Conflict, "customer-has-offers");
        await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_comes_during_a_deletion_waits_and_finds_nothing()
    {
        var organization = Unique.Id();
        var client = host.Installer(organization);
        var created = await client.CreateCustomerAsync();
        var gate = host.Guard.StopAt(created.Id);
        var deleting = client.SendAsync("DELETE", $"/customers/{created.Id}");
        await gate.Reached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var holding = HoldAsync(organization, created.Id);
        await Task.Delay(LongEnoughToSeeItWait, TestContext.Current.CancellationToken);
        holding.IsCompleted.ShouldBeFalse();
        gate.Open.SetResult();

        (await holding.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await deleting).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_held_customer_can_still_be_changed()
    {
        var organization = Unique.Id();
        var client = host.Installer(organization);
        var created = await client.CreateCustomerAsync();

        await host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                await services.GetRequiredService<ICustomerDirectory>().HoldAsync(created.Id, CancellationToken.None);
                return await client
                    .ExpectAsync("PATCH", $"/customers/{created.Id}", new { city = "Ulm" }, HttpStatusCode.OK)
                    .WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
        );
    }

    private Task<CustomerSummary?> HoldAsync(Guid organizationId, Guid customerId) =>
        host.InModuleAsync(
            organizationId,
            async services =>
            {
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
                return await services.GetRequiredService<ICustomerDirectory>().HoldAsync(customerId, CancellationToken.None);
            }
        );
}
