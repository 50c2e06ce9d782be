using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>
/// Whatever is done in whatever order, by the customer with their account and by whoever holds their link: where the organisation asks for all of it, nothing
/// is accepted without an approved application, the form of this very version, a code and the organisation's approval.
/// </summary>
public sealed class ContractPropertyTests(HostFixture host) : IAsyncLifetime
{
    private const int Walks = 8;
    private const int ActsOfWalk = 9;

    private readonly World world = new(host);
    private HttpClient installer = null!;

    public async ValueTask InitializeAsync()
    {
        var organizationId = await world.CreateOrganizationAsync();
        installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication = true }, HttpStatusCode.OK);
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings("CCD2"), HttpStatusCode.OK);
        await administrator.ExpectAsync("PATCH", $"/organizations/{organizationId}", new { acceptanceNeedsCode = true }, HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_is_accepted_without_assessment_form_code_and_approval_and_with_all_of_them_it_is()
    {
        var acts = Gen.Elements(ContractWalk.Acts).ArrayOf(ActsOfWalk);
        var walk = from own in acts from person in Gen.Elements(ContractWalk.People) select (Acts: own, Last: person);
        // FsCheck waits for each walk, which must not be done on a thread that the walk needs.
        await Task.Run(() =>
            Check.One(
                Config.QuickThrowOnFailure.WithMaxTest(Walks),
                Prop.ForAll(Arb.From(walk), steps => GoAsync(steps.Acts, steps.Last).GetAwaiter().GetResult())
            )
        );
    }

    private async Task GoAsync(string[] acts, string last)
    {
        var walk = await ContractWalk.BeginAsync(world, host.Anonymous, installer);
        foreach (var act in acts)
        {
            await walk.DoAsync(act);
        }
        if (!walk.IsAccepted)
        {
            (await walk.ApplicationStatusAsync()).ShouldNotBe("CONTRACTED");
            foreach (var act in (string[])["assess", "form", "approve", "link", $"code {last}", $"accept {last} own"])
            {
                await walk.DoAsync(act);
            }
        }
        walk.IsAccepted.ShouldBeTrue($"the straight order after: {string.Join(", ", acts)}");
        await walk.UntilAsync("CONTRACTED");
    }
}
