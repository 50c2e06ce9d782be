using System.Net;
using Lending.Identity.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Contracts;

public sealed class OrganizationDirectoryTests(IdentityFixture host)
{
    [Fact]
    public async Task Organisations_are_found_by_id_and_may_be_half_a_minute_old()
    {
        var id = await host.NewOrganizationAsync();
        await using var scope = host.Host.Services.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>();
        var expected = await directory.GetAsync(id, CancellationToken.None);
        expected.ShouldSatisfyAllConditions(
            () => expected.Id.ShouldBe(id),
            () => expected.Name.ShouldStartWith("Organisation "),
            () => expected.Currency.ShouldBe("EUR"),
            () => expected.TimeZone.ShouldBe("Europe/Berlin"),
            () => expected.ApprovalTiers.ShouldBe([new ApprovalTier(null, Approver.Installer)])
        );
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/organizations/{id}", new { currency = "CHF" }, HttpStatusCode.OK);
        (await directory.GetAsync(id, CancellationToken.None)).ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_decision_rests_on_is_read_as_it_is_now()
    {
        var id = await host.NewOrganizationAsync();
        await using var scope = host.Host.Services.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>();
        await using var transaction = await scope
            .ServiceProvider.GetRequiredService<Transactions>()
            .BeginAsync(TestContext.Current.CancellationToken);
        (await directory.GetAsync(id, CancellationToken.None)).AllowPayoutBeforeWithdrawalEnds.ShouldBeFalse();
        (await directory.ReadAsync(id, CancellationToken.None)).AllowPayoutBeforeWithdrawalEnds.ShouldBeFalse();

        var patch = new { allowPayoutBeforeWithdrawalEnds = true };
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/organizations/{id}", patch, HttpStatusCode.OK);

        (await directory.ReadAsync(id, CancellationToken.None)).AllowPayoutBeforeWithdrawalEnds.ShouldBeTrue();
        (await directory.GetAsync(id, CancellationToken.None)).AllowPayoutBeforeWithdrawalEnds.ShouldBeFalse();
    }

    [Fact]
    public async Task What_customers_see_of_one_is_what_it_has_set()
    {
        var id = await host.NewOrganizationAsync();
        var patch = new
        {
            displayName = "Sonnendach",
            color = "#7A1F5C",
            locale = "de",
            acceptanceNeedsCode = true,
        };
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/organizations/{id}", patch, HttpStatusCode.OK);
        await using var scope = host.Host.Services.CreateAsyncScope();

        var read = await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().GetAsync(id, CancellationToken.None);

        (read.ShownName, read.Color, read.Language, read.AcceptanceNeedsCode).ShouldBe(("Sonnendach", "#7a1f5c", "de", true));
    }

    [Fact]
    public async Task The_default_one_is_known_and_a_missing_one_is_an_error()
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>();
        (await directory.GetDefaultAsync(CancellationToken.None)).Id.ShouldBe(new Guid("01900000-0000-7000-8000-000000000001"));
        await Should.ThrowAsync<InvalidOperationException>(async () => await directory.GetAsync(Unique.Id(), CancellationToken.None));
    }
}
