using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Disclosures.Tests.Settings;

public sealed class DisclosureSettingsTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task What_is_set_is_told_with_its_version()
    {
        (await office.Administrator.SendAsync("GET", "/disclosure-settings")).Status.ShouldBe(HttpStatusCode.NotFound);

        var put = await office.SetAsync("CCD2", Samples.FullCreditor);
        var read = await office.Administrator.GetAsync("/disclosure-settings", HttpStatusCode.OK);

        read["regulatoryRegime"].ShouldBe("CCD2");
        read["creditor.intermediary.name"].ShouldBe("Dachwerk Solar GmbH");
        read["creditor.lateRatePointsAboveBaseRate"].ShouldBe("5");
        read.Text.ShouldBe(put.Text);
        read.ETag.ShouldBe(put.ETag);
    }

    [Fact]
    public async Task A_second_change_needs_the_version_that_it_names()
    {
        var first = await office.SetAsync("CCD2");
        var second = await office.SetAsync("NONE");

        second["regulatoryRegime"].ShouldBe("NONE");
        (await office.Administrator.SendAsync("PUT", "/disclosure-settings", Office.SettingsOf("CCD2"), first.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await office.Administrator.ExpectAsync("PUT", "/disclosure-settings", Office.SettingsOf("CCD2"), HttpStatusCode.OK, second.ETag);
    }

    [Theory]
    [InlineData("regulatoryRegime", "null")]
    [InlineData("regulatoryRegime", "\"CCD3\"")]
    [InlineData("creditor", "null")]
    [InlineData("creditor.phone", "\"\"")]
    [InlineData("creditor.email", "\"nobody\"")]
    [InlineData("creditor.lateRatePointsAboveBaseRate", "-1")]
    [InlineData("creditor.lateRatePointsAboveBaseRate", "0.00001")]
    [InlineData("creditor.redress", "\"\"")]
    [InlineData("creditor.intermediary", """{"name":"","address":"a","phone":"b","email":"c@example.org"}""")]
    public async Task Settings_that_no_form_can_be_made_of_are_refused(string member, string value)
    {
        var body = JsonSerializer.SerializeToNode(Office.SettingsOf("CCD2"), JsonSerializerOptions.Web)!;
        var path = member.Split('.');
        (path.Length == 1 ? body : body[path[0]]!)[path[^1]] = JsonNode.Parse(value);

        var refused = await office.Administrator.SendAsync("PUT", "/disclosure-settings", body.ToJsonString());

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
        (await office.Administrator.SendAsync("GET", "/disclosure-settings")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Letters_say_of_the_lender_what_forms_say()
    {
        (await LetterheadAsync(office)).ShouldBeNull();

        await office.SetAsync(creditor: Samples.FullCreditor);

        (await LetterheadAsync(office)).ShouldBe(
            new Letterhead("Lichtstraße 1, 10115 Berlin", "+49 30 1234567", "credit@example.org", "Amtsgericht Charlottenburg, HRB 12345")
        );
        (await LetterheadAsync(new Office(fixture))).ShouldBeNull("it is another organisation's");
    }

    [Fact]
    public async Task Others_neither_read_nor_set_them()
    {
        await office.SetAsync();

        (await office.Installer.SendAsync("GET", "/disclosure-settings")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await office.CustomerClient.SendAsync("PUT", "/disclosure-settings", Office.SettingsOf("NONE"))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await new Office(fixture).Administrator.SendAsync("GET", "/disclosure-settings")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<Letterhead?> LetterheadAsync(Office of) =>
        fixture.Host.InModuleAsync(
            of.Id,
            services => services.GetRequiredService<ILetterheads>().FindAsync(TestContext.Current.CancellationToken)
        );
}
