using System.Net;
using Lending.Testing;

namespace Lending.Applications.Tests.Data;

/// <summary>Scoring takes no longer as applications come in.</summary>
public sealed class RiskPlanTests(ApplicationsFixture fixture)
{
    [Fact]
    public async Task What_is_counted_is_found_by_indexes_and_ends_at_its_limits()
    {
        // A host of its own, as other tests' statements must not be explained.
        await using var host = await fixture.StartAsync();
        var organization = Unique.Id();
        var installer = host.ClientFor(Persons.Installer(organization));
        var customer = fixture.Customer(organization, phoneNumber: "+49301234567");
        var form = new { form = new { deviceId = "device" } };
        var first = await ApplicationsFixture.DraftAsync(installer, customer.Id, People.A());
        await installer.PostAsync($"/applications/{first}/submit", form, HttpStatusCode.OK);
        var plans = new QueryPlans(host);
        // Half of them are this installer's, with this device and this phone number, on one day.
        const string Key =
            "jsonb_build_object('application_id', md5('application' || n)::uuid, 'customer_id', md5('customer' || n)::uuid, "
            + "'at', template.at - n * interval '8 seconds', 'hash', CASE WHEN n % 2 = 0 THEN template.hash ELSE decode(md5('hash' || n), 'hex') END)";
        foreach (var kind in (string[])["STARTER", "DEVICE", "PHONE"])
        {
            await plans.MultiplyAsync(
                "applications.risk_keys",
                $"template.application_id = '{first}' AND template.kind = '{kind}'",
                12_000,
                Key
            );
        }
        const string OfApplication = "md5('application' || n)::uuid";
        await plans.MultiplyAsync(
            "applications.applications",
            $"template.id = '{first}'",
            12_000,
            $"jsonb_build_object('id', {OfApplication}, 'created_at', template.created_at - n * interval '8 seconds')"
        );
        await plans.MultiplyAsync(
            "applications.risk_assessments",
            $"template.application_id = '{first}'",
            12_000,
            $"jsonb_build_object('application_id', {OfApplication}, 'created_at', template.created_at - n * interval '8 seconds')"
        );
        var next = await ApplicationsFixture.DraftAsync(installer, customer.Id, People.A());

        await plans.ShouldNotGrowAsync(
            "submitting",
            ["applications", "risk_keys", "risk_assessments"],
            () => installer.SendAsync("POST", $"/applications/{next}/submit", form)
        );
    }
}
