using System.Net;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Contracts;

public sealed class MessageRecipientsTests(CustomersFixture host)
{
    [Fact]
    public async Task It_tells_the_language_that_a_customer_of_the_organisation_chose_to_another_customer_too()
    {
        var organization = Unique.Id();
        var german = await CreateAsync("de");
        var silent = await CreateAsync(null);

        (await FindAsync(organization, german)).ShouldBe("de");
        (await FindAsync(organization, german, customerScope: silent)).ShouldBe("de");
        (await FindAsync(organization, silent)).ShouldBeNull();
        (await FindAsync(organization, Unique.Id())).ShouldBeNull();
        (await FindAsync(Unique.Id(), german)).ShouldBeNull("of another organisation");

        async Task<Guid> CreateAsync(string? language) =>
            (
                await host.Installer(organization)
                    .PostAsync("/customers", CustomersFixture.Person() with { Language = language }, HttpStatusCode.Created)
            ).Id;
    }

    private Task<string?> FindAsync(Guid organizationId, Guid customerId, Guid? customerScope = null) =>
        host.InModuleAsync(
            organizationId,
            services =>
            {
                var caller = services.GetRequiredService<Caller>();
                caller.ActFor(organizationId, caller.Reference, customerScope);
                return services
                    .GetRequiredService<IMessageRecipients>()
                    .FindLanguageAsync(customerId, TestContext.Current.CancellationToken);
            }
        );
}
