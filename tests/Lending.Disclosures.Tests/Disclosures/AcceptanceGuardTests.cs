namespace Lending.Disclosures.Tests.Disclosures;

/// <summary>What Loans asks before somebody accepts.</summary>
public sealed class AcceptanceGuardTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task Where_nobody_has_said_so_no_form_is_needed()
    {
        (await office.FindObstacleAsync(office.Offer())).ShouldBeNull();

        await office.SetAsync("NONE");
        (await office.FindObstacleAsync(office.Offer())).ShouldBeNull();
    }

    [Fact]
    public async Task Under_the_directive_nobody_accepts_what_they_were_not_informed_of()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();

        (await office.FindObstacleAsync(credit)).ShouldNotBeNull().Code.ShouldBe("disclosure-missing");

        await office.IssueAsync(credit);
        (await office.FindObstacleAsync(credit)).ShouldBeNull();
    }

    [Theory]
    [InlineData("EMAIL")]
    [InlineData("LINK")]
    public async Task A_form_whose_mail_has_not_arrived_does_not_do_and_another_one_does(string medium)
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        var lost = await office.IssueAsync(credit, medium);
        (await office.FindObstacleAsync(credit)).ShouldBeNull();

        office.LoseMailOf(lost);
        (await office.FindObstacleAsync(credit)).ShouldNotBeNull().Code.ShouldBe("disclosure-missing");

        await office.IssueAsync(credit, medium);
        (await office.FindObstacleAsync(credit)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_handed_over_on_paper_needs_no_mail()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        office.LoseMailOf(await office.IssueAsync(credit, "EMAIL"));
        await office.IssueAsync(credit);

        (await office.FindObstacleAsync(credit)).ShouldBeNull();
    }

    [Fact]
    public async Task The_form_of_another_version_or_offer_does_not_do()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        await office.IssueAsync(credit);
        await office.IssueAsync(office.Offer());

        var changed = office.Put(credit with { Version = 2, DocumentHash = Samples.Credit.DocumentHash });

        (await office.FindObstacleAsync(changed)).ShouldNotBeNull().Code.ShouldBe("disclosure-missing");
    }

    [Fact]
    public async Task The_settings_of_another_organisation_bind_nobody_else()
    {
        await new Office(fixture).SetAsync("CCD2");

        (await office.FindObstacleAsync(office.Offer())).ShouldBeNull();
    }
}
