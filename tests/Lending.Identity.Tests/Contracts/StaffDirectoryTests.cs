using System.Net;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Contracts;

public sealed class StaffDirectoryTests(IdentityFixture host)
{
    [Fact]
    public async Task Active_users_of_the_organisation_who_are_no_customers_work_for_it()
    {
        var organization = await host.NewOrganizationAsync();
        var installer = await host.NewUserAsync("INSTALLER", organization);
        var customer = await host.NewUserAsync("CUSTOMER", organization);
        var leaver = await host.NewUserAsync("INSTALLER", organization);
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{leaver.Id}", new { active = false }, HttpStatusCode.OK);
        Task<bool> AskAsync(Guid userId, Guid organizationId) =>
            host.Host.InModuleAsync(
                organizationId,
                services => services.GetRequiredService<IStaffDirectory>().IsActiveAsync(userId, TestContext.Current.CancellationToken)
            );

        (await AskAsync(installer.Id, organization)).ShouldBeTrue();
        (await AskAsync(customer.Id, organization)).ShouldBeFalse();
        (await AskAsync(leaver.Id, organization)).ShouldBeFalse();
        (await AskAsync(Unique.Id(), organization)).ShouldBeFalse();
        (await AskAsync(installer.Id, await host.NewOrganizationAsync())).ShouldBeFalse("of another organisation");
        (await EmailAsync(installer.Id)).ShouldBe(installer.Email);
        (await EmailAsync(customer.Id)).ShouldBeNull();
        (await EmailAsync(leaver.Id)).ShouldBeNull();

        Task<string?> EmailAsync(Guid userId) =>
            host.Host.InModuleAsync(
                organization,
                services => services.GetRequiredService<IStaffDirectory>().FindEmailAsync(userId, TestContext.Current.CancellationToken)
            );
    }

    [Fact]
    public async Task Administrators_are_those_of_the_organisation_who_are_active()
    {
        var organization = await host.NewOrganizationAsync();
        var administrator = await host.NewUserAsync("ADMIN", organization);
        await host.NewUserAsync("INSTALLER", organization);
        await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var leaver = await host.NewUserAsync("ADMIN", organization);
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{leaver.Id}", new { active = false }, HttpStatusCode.OK);

        var listed = await host.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<IStaffDirectory>().ListAsync(Role.Admin, TestContext.Current.CancellationToken)
        );

        var account = await administrator.Client.GetAsync("/users/me", HttpStatusCode.OK);
        listed.ShouldBe([new StaffMember(administrator.Id, account["username"]!, account["email"]!)]);
        // The same are told what concerns the whole organisation.
        var told = await host.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<IMessageStaff>().ListAdministratorsAsync(TestContext.Current.CancellationToken)
        );
        told.ShouldBe([new MessageAdministrator(administrator.Id, account["username"]!, account["email"]!)]);
    }
}
