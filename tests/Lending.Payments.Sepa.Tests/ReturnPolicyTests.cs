namespace Lending.Payments.Sepa.Tests;

public sealed class ReturnPolicyTests
{
    private static readonly DateOnly _collected = new(2026, 3, 2);

    [Theory]
    [InlineData("AC01", 1, ReturnAction.SuspendMandate)]
    [InlineData("AC04", 1, ReturnAction.SuspendMandate)]
    [InlineData("AC06", 1, ReturnAction.SuspendMandate)]
    [InlineData("AG01", 1, ReturnAction.SuspendMandate)]
    [InlineData("AM04", 1, ReturnAction.Retry)]
    [InlineData("AM04", 2, ReturnAction.Human)]
    [InlineData("MS03", 1, ReturnAction.Retry)]
    [InlineData("MS03", 2, ReturnAction.Human)]
    [InlineData("MD01", 1, ReturnAction.LegalCase)]
    [InlineData("MD06", 1, ReturnAction.Human)]
    [InlineData("MS02", 1, ReturnAction.Human)]
    [InlineData("MD07", 1, ReturnAction.Human)]
    [InlineData("ZZ99", 1, ReturnAction.Human)]
    [InlineData(null, 1, ReturnAction.Human)]
    public void The_bank_s_reason_decides(string? code, int attempt, ReturnAction expected) =>
        ReturnPolicy.For(code, attempt, _collected, _collected.AddDays(3)).ShouldBe(expected);

    [Theory]
    [InlineData(56, ReturnAction.Human)] // the last day of the eight weeks
    [InlineData(63, ReturnAction.Human)] // asked for on that day, booked five open days later
    [InlineData(65, ReturnAction.LegalCase)] // later, only who never gave a mandate gets it back
    [InlineData(396, ReturnAction.LegalCase)] // 2 April 2027: thirteen months
    [InlineData(397, ReturnAction.Human)]
    public void Late_returns_are_of_another_kind(int days, ReturnAction expected) =>
        ReturnPolicy.For("MD06", 1, _collected, _collected.AddDays(days)).ShouldBe(expected);

    [Fact]
    public void Who_may_never_have_given_a_mandate_is_charged_nothing()
    {
        ReturnPolicy.ChargesFee(ReturnAction.LegalCase, "MD01").ShouldBeFalse();
        ReturnPolicy.ChargesFee(ReturnAction.Human, "MD07").ShouldBeFalse();
        ReturnPolicy.ChargesFee(ReturnAction.Retry, "AM04").ShouldBeTrue();
        ReturnPolicy.ChargesFee(ReturnAction.Human, "MD06").ShouldBeTrue();
    }

    [Fact]
    public void A_mandate_is_used_on_only_where_it_is_tried_again()
    {
        ReturnPolicy.KeepsMandate(ReturnAction.Retry).ShouldBeTrue();
        ReturnPolicy.KeepsMandate(ReturnAction.SuspendMandate).ShouldBeFalse();
        ReturnPolicy.KeepsMandate(ReturnAction.LegalCase).ShouldBeFalse();
        ReturnPolicy.KeepsMandate(ReturnAction.Human).ShouldBeFalse();
    }
}
