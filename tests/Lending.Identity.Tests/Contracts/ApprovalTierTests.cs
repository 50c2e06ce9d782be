using Lending.Identity.Contracts;

namespace Lending.Identity.Tests.Contracts;

public sealed class ApprovalTierTests
{
    private static readonly OrganizationSummary Organization = new(
        Guid.Empty,
        "Solar GmbH",
        "EUR",
        "Europe/Berlin",
        [new(5_000, Approver.Installer), new(20_000.50m, Approver.SecondPerson), new(null, Approver.Underwriter)]
    );

    [Theory]
    [InlineData("0.01", Approver.Installer)]
    [InlineData("5000", Approver.Installer)]
    [InlineData("5000.01", Approver.SecondPerson)]
    [InlineData("20000.50", Approver.SecondPerson)]
    [InlineData("20000.51", Approver.Underwriter)]
    [InlineData("1000000", Approver.Underwriter)]
    public void The_limit_of_a_tier_belongs_to_it(string amount, Approver expected) =>
        Organization.ApproverOf(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void Who_has_chosen_no_tiers_leaves_every_amount_to_installers() =>
        (Organization with { ApprovalTiers = ApprovalTier.Default }).ApproverOf(1_000_000).ShouldBe(Approver.Installer);
}
