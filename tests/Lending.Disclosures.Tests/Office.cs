using System.Net;
using Lending.Customers.Contracts;
using Lending.Disclosures.Reminders;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Disclosures.Tests;

/// <summary>An organisation of a test's own, with staff, a customer and offers.</summary>
internal sealed class Office
{
    private readonly DisclosuresFixture fixture;

    public Office(DisclosuresFixture fixture)
    {
        this.fixture = fixture;
        Installer = fixture.Host.ClientFor(Persons.Installer(Id));
        Administrator = fixture.Host.ClientFor(Persons.Administrator(Id));
        Customer = new CustomerSummary(Unique.Id(), $"Ada {Unique.Text()}", Unique.Email(), "Sonnenallee 12\n12045 Berlin\nDE");
        fixture.Customers.Known[Customer.Id] = Customer;
        CustomerClient = fixture.Host.ClientFor(Persons.Customer(Id, Customer.Id));
    }

    public Guid Id { get; } = Unique.Id();

    public HttpClient Installer { get; }

    public HttpClient Administrator { get; }

    public CustomerSummary Customer { get; }

    public HttpClient CustomerClient { get; }

    public IReadOnlyList<Lending.Notifications.Contracts.Message> Mails => fixture.Host.Messages.To(Customer.Email);

    public DateTimeOffset Now => fixture.Host.Clock.GetStorableNow();

    public Task<Answer> SetAsync(string regime = "NONE", object? creditor = null) =>
        Administrator.ExpectAsync("PUT", "/disclosure-settings", SettingsOf(regime, creditor), HttpStatusCode.OK);

    public static object SettingsOf(string regime, object? creditor = null) =>
        new { regulatoryRegime = regime, creditor = creditor ?? Samples.Creditor };

    /// <summary>Makes an offer to the customer.</summary>
    public OfferedCredit Offer(Func<OfferedCredit, OfferedCredit>? change = null)
    {
        var credit = Samples.Credit with
        {
            OfferId = Unique.Id(),
            CustomerId = Customer.Id,
            DocumentHash = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
        };
        return Put(change is null ? credit : change(credit));
    }

    public OfferedCredit Put(OfferedCredit credit) => fixture.Credits.Known[credit.OfferId] = credit;

    public bool WasGiven(OfferedCredit credit) => fixture.Credits.Given.ContainsKey(credit.OfferId);

    public Task<Answer> IssueAsync(OfferedCredit credit, string medium = "PAPER", string language = "en") =>
        Installer.PostAsync($"/loan-offers/{credit.OfferId}/disclosures", new { medium, language }, HttpStatusCode.Created);

    /// <summary>The mail that gives the form, or leads to it, comes back.</summary>
    public void LoseMailOf(Answer issued) => fixture.Outcomes.Undelivered[(Customer.Id, issued.Id)] = true;

    /// <summary>Has the customer accept at this moment, and tells the module of it as often as this.</summary>
    public async Task AcceptAsync(OfferedCredit credit, DateTimeOffset at, int times = 1)
    {
        Put(credit with { IsOpen = false, WithdrawalEndsAt = at.AddDays(14) });
        var happened = new LoanOfferAccepted
        {
            OfferId = credit.OfferId,
            OrganizationId = Id,
            CustomerId = Customer.Id,
            At = at,
        };
        for (var time = 0; time < times; time++)
        {
            await TellAsync(plan => plan.HandleAsync(happened, Unique.Id(), CancellationToken.None));
        }
    }

    public Task WithdrawAsync(OfferedCredit credit, DateTimeOffset at) =>
        TellAsync(plan =>
            plan.HandleAsync(
                new LoanOfferWithdrawn
                {
                    OfferId = credit.OfferId,
                    OrganizationId = Id,
                    CustomerId = Customer.Id,
                    At = at,
                },
                Unique.Id(),
                CancellationToken.None
            )
        );

    /// <summary>What the acceptance guard says.</summary>
    public Task<Error?> FindObstacleAsync(OfferedCredit credit)
    {
        var offer = new GuardedOffer(
            credit.OfferId,
            credit.CustomerId,
            credit.DocumentHash,
            credit.Currency,
            credit.AmountOfCredit,
            credit.MonthlyInstalment
        );
        return fixture.Host.InModuleAsync(
            Id,
            services => services.GetRequiredService<IAcceptanceGuard>().FindObstacleAsync(offer, CancellationToken.None)
        );
    }

    public Task SendRemindersAsync() =>
        fixture.Host.Services.GetRequiredService<WithdrawalReminders>().RunAsync(Id, CancellationToken.None);

    public Task<T> BehindTheApiAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull => fixture.Host.InModuleAsync(Id, services => work(services.GetRequiredService<TService>()));

    public async Task<int> SqlAsync(string statement)
    {
        await using var command = fixture.Host.Database.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync();
    }

    private Task<bool> TellAsync(Func<ReminderPlan, Task> tell) =>
        BehindTheApiAsync(
            async (ReminderPlan plan) =>
            {
                await tell(plan);
                return true;
            }
        );
}
