using Lending.Testing;

namespace Lending.Host.Tests.Persistence;

/// <summary>The rule that the modules' budgets of commands hold all statements against finds bad ones.</summary>
public sealed class StatementRulesTests
{
    private static readonly HashSet<string> Tables = new(StringComparer.Ordinal) { "loans.loan_offers" };

    [Theory]
    [InlineData("/* ListOffers */ SELECT o.id FROM loans.loan_offers AS o WHERE o.organization_id = @ef_filter__OrganizationId")]
    [InlineData(
        "SELECT set_config('role', @a, true);\n/* ListOffers */ SELECT o.id FROM loans.loan_offers AS o WHERE o.organization_id = $1"
    )]
    [InlineData("/* ListOffers */ INSERT INTO loans.loan_offers (id, organization_id, amount) VALUES (@p0, @p1, @p2)")]
    [InlineData("/* ListOffers */ UPDATE loans.loan_offers SET amount = @p0 WHERE id = @p1 AND organization_id = @p2")]
    [InlineData("/* ListOffers */ SELECT 1 FROM identity.devices WHERE id = $1")]
    [InlineData("SET plan_cache_mode = force_custom_plan")]
    public void Good_ones_are_let_pass(string statement) => BrokenBy("ListOffers", statement).ShouldBeEmpty();

    [Theory]
    [InlineData("SELECT o.id FROM loans.loan_offers AS o WHERE o.organization_id = $1", "does not say so")]
    [InlineData("/* GetOffer */ SELECT o.id FROM loans.loan_offers AS o WHERE o.organization_id = $1", "does not say so")]
    [InlineData("/* ListOffers */ SELECT o.organization_id FROM loans.loan_offers AS o WHERE o.id = $1", "asks all")]
    [InlineData("/* ListOffers */ UPDATE \"loans\".\"loan_offers\" SET amount = @p0 WHERE id = @p1", "asks all")]
    [InlineData("/* ListOffers */ DELETE FROM loans.loan_offers WHERE id = @p1", "asks all")]
    [InlineData("/* ListOffers */ INSERT INTO loans.loan_offers (id, amount) VALUES (@p0, @p1)", "asks all")]
    public void Bad_ones_are_found(string statement, string complaint) =>
        BrokenBy("ListOffers", statement).ShouldHaveSingleItem().ShouldContain(complaint);

    [Fact]
    public void Whoever_is_listed_as_asking_all_and_does_not_is_found() =>
        BrokenBy("Login", "/* Login */ SELECT o.id FROM loans.loan_offers AS o WHERE o.organization_id = $1").ShouldHaveSingleItem();

    private static IEnumerable<string> BrokenBy(string slice, string statement) =>
        StatementRules.BrokenBy(slice, [new SentCommand(statement, [(statement, [])])], Tables);
}
