using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;

namespace Lending.Disclosures.Tests.Reminders;

/// <summary>Who had less than a day to read is reminded of the right to withdraw on the second day, once.</summary>
public sealed class WithdrawalReminderTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task An_acceptance_soon_after_the_form_is_followed_by_one_reminder()
    {
        var credit = await GivenAsync();
        var acceptedAt = office.Now.AddHours(1);
        // Events may come twice.
        await office.AcceptAsync(credit, acceptedAt, times: 2);

        await office.SendRemindersAsync();
        office.Mails.ShouldBeEmpty();
        await LetFallDueAsync(credit);
        // Two instances at once, and once more.
        await Task.WhenAll(office.SendRemindersAsync(), office.SendRemindersAsync());
        await office.SendRemindersAsync();

        var mail = office.Mails.ShouldHaveSingleItem();
        mail.Kind.ShouldBe(MessageKind.WithdrawalReminder);
        mail.Values["offerId"].ShouldBe(credit.OfferId.ToString());
        mail.Values["token"].ShouldBe(fixture.Credits.WithdrawalTokens[credit.OfferId]);
        mail.ExpiresAt.ShouldBe(acceptedAt.AddDays(14));
    }

    [Fact]
    public async Task It_is_due_on_the_second_day_after_the_acceptance_and_inside_the_laws_seven()
    {
        var credit = await GivenAsync();
        var acceptedAt = office.Now;
        await office.AcceptAsync(credit, acceptedAt);

        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT due_at FROM disclosures.withdrawal_reminders WHERE offer_id = '{credit.OfferId}'"
        );
        var dueAt = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);

        (dueAt - acceptedAt).ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(49));
        TimeZoneInfo.ConvertTime(dueAt, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).TimeOfDay.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task In_a_sandbox_it_is_due_by_the_sandboxs_clock()
    {
        var credit = await GivenAsync();
        await office.AcceptAsync(credit, office.Now);
        await office.SendRemindersAsync();
        office.Mails.ShouldBeEmpty();

        await fixture.Host.AdvanceSandboxAsync(office.Id, TimeSpan.FromDays(3));
        await office.SendRemindersAsync();

        office.Mails.ShouldHaveSingleItem().Kind.ShouldBe(MessageKind.WithdrawalReminder);
    }

    [Fact]
    public async Task Who_had_a_day_to_read_is_not_reminded()
    {
        var credit = await GivenAsync();
        await office.AcceptAsync(credit, office.Now.AddDays(1).AddMinutes(1));

        (await LetFallDueAsync(credit)).ShouldBe(0);
    }

    [Fact]
    public async Task The_first_time_that_it_was_given_counts()
    {
        var credit = await GivenAsync();
        await office.SqlAsync(
            $"UPDATE disclosures.disclosures SET created_at = created_at - interval '2 days' WHERE offer_id = '{credit.OfferId}'"
        );
        await office.IssueAsync(credit);
        await office.AcceptAsync(credit, office.Now);

        (await LetFallDueAsync(credit)).ShouldBe(0);
    }

    [Fact]
    public async Task A_first_time_whose_mail_has_not_arrived_does_not_count()
    {
        await office.SetAsync();
        var credit = office.Offer();
        office.LoseMailOf(await office.IssueAsync(credit, "LINK"));
        await office.SqlAsync(
            $"UPDATE disclosures.disclosures SET created_at = created_at - interval '2 days' WHERE offer_id = '{credit.OfferId}'"
        );
        await office.IssueAsync(credit);
        await office.AcceptAsync(credit, office.Now);

        (await LetFallDueAsync(credit)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_given_nothing_is_not_reminded()
    {
        var credit = office.Offer();
        await office.AcceptAsync(credit, office.Now);

        (await LetFallDueAsync(credit)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_has_withdrawn_is_not_reminded()
    {
        var credit = await GivenAsync();
        await office.AcceptAsync(credit, office.Now);
        await office.WithdrawAsync(credit, office.Now);

        (await LetFallDueAsync(credit)).ShouldBe(0);
    }

    private async Task<OfferedCredit> GivenAsync()
    {
        await office.SetAsync();
        var credit = office.Offer();
        await office.IssueAsync(credit);
        return credit;
    }

    private Task<int> LetFallDueAsync(OfferedCredit credit) =>
        office.SqlAsync($"UPDATE disclosures.withdrawal_reminders SET due_at = '2020-01-01' WHERE offer_id = '{credit.OfferId}'");
}
