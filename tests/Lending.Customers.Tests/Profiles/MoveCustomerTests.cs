using System.Net;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public sealed class MoveCustomerTests(CustomersFixture customers)
{
    [Fact]
    public async Task Administrators_give_customers_to_somebody_who_works_there()
    {
        var organizationId = Unique.Id();
        var installer = customers.Installer(organizationId);
        var administrator = Administrator(organizationId);
        var created = await installer.CreateCustomerAsync();
        var to = customers.Staff.Hire();

        var moved = await administrator.PostAsync($"/customers/{created.Id}/installer", new { installerId = to }, HttpStatusCode.OK);

        moved["installerId"].ShouldBe(to.ToString());
        moved["createdBy.id"].ShouldBe(created["createdBy.id"]);
        moved.ETag.ShouldNotBe(created.ETag);
        (await installer.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(moved.Text);
        (await installer.CountAsync($"installerId={to}")).ShouldBe(1);
        (await installer.CountAsync($"installerId={created["installerId"]}")).ShouldBe(0);
        var again = await administrator.PostAsync($"/customers/{created.Id}/installer", new { installerId = to }, HttpStatusCode.OK);
        (again.Text, again.ETag).ShouldBe((moved.Text, moved.ETag));
        (
            await administrator.SendAsync("POST", $"/customers/{created.Id}/installer", new { installerId = to }, created.ETag)
        ).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
    }

    [Fact]
    public async Task Nobody_else_and_to_nobody_else()
    {
        var organizationId = Unique.Id();
        var installer = customers.Installer(organizationId);
        var administrator = Administrator(organizationId);
        var path = $"/customers/{(await installer.CreateCustomerAsync()).Id}/installer";
        (await administrator.SendAsync("POST", path, new { installerId = Unique.Id() }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["installerId"]);
        (await administrator.SendAsync("POST", path, "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        await administrator.ShouldBeRefusedAsync("POST", path);
        var to = new { installerId = customers.Staff.Hire() };
        (await installer.SendAsync("POST", path, to)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Administrator(Unique.Id()).SendAsync("POST", path, to)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    private HttpClient Administrator(Guid organizationId) => customers.ClientFor(Persons.Administrator(organizationId));
}
