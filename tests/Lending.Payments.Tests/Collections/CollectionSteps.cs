using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Lending.Testing;

namespace Lending.Payments.Tests.Collections;

/// <summary>What tests of collections and statements do with an organisation: two people who make and release runs.</summary>
internal sealed class CollectionSteps(PaymentsFixture fixture, Guid organization, ModuleHost? host = null)
{
    /// <summary>The day on which runs of these tests collect: the first possible one.</summary>
    public const string Day = "2026-06-16";

    public HttpClient First { get; } = (host ?? fixture.Host).ClientFor(Persons.Administrator(organization));

    public HttpClient Second { get; } = (host ?? fixture.Host).ClientFor(Persons.Underwriter(organization));

    /// <summary>A loan account with a mandate that owes this.</summary>
    public async Task<FakeLoans.Loan> LoanAsync(decimal amount, string dueOn = "2026-06-15", string iban = PaymentsFixture.CustomerIban)
    {
        var loan = fixture.Loans.Add().Owes(dueOn, amount);
        await MandateAsync(loan, iban);
        return loan;
    }

    public async Task<Guid> MandateAsync(FakeLoans.Loan loan, string iban = PaymentsFixture.CustomerIban)
    {
        await PaymentsFixture.WithCreditorAsync(First);
        return (await First.PostAsync("/mandates", PaymentsFixture.Mandate(loan.Id, iban), HttpStatusCode.Created)).Id;
    }

    public Task<Answer> TryRunAsync(string collectOn = Day) => First.SendAsync("POST", "/collection-runs", new { collectOn });

    public Task<Answer> RunAsync(string collectOn = Day) => First.PostAsync("/collection-runs", new { collectOn }, HttpStatusCode.Created);

    public Task<Answer> ReleaseAsync(Guid run) => Second.PostAsync($"/collection-runs/{run}/release", null, HttpStatusCode.OK);

    /// <summary>A run of everything that is due, which is at the bank.</summary>
    public async Task<Guid> SentAsync(string collectOn = Day)
    {
        var run = await RunAsync(collectOn);
        await ReleaseAsync(run.Id);
        return run.Id;
    }

    /// <summary>The debits of a loan account, the first attempt first.</summary>
    public async Task<List<JsonElement>> CollectionsAsync(Guid loanAccountId) =>
        [
            .. (await First.GetAsync($"/collections?loanAccountId={loanAccountId}", HttpStatusCode.OK))
                .Json.GetProperty("items")
                .EnumerateArray()
                .OrderBy(collection => collection.GetProperty("attempt").GetInt32()),
        ];

    public async Task<JsonElement> CollectionAsync(Guid loanAccountId) => (await CollectionsAsync(loanAccountId)).ShouldHaveSingleItem();

    public async Task<XElement> FileAsync(Guid run) =>
        XDocument.Parse((await Second.GetAsync($"/collection-runs/{run}/file", HttpStatusCode.OK)).Text).Root!;

    public async Task<string?> MandateStatusAsync(Guid loanAccountId) =>
        (await First.GetAsync($"/mandates?loanAccountId={loanAccountId}", HttpStatusCode.OK))
            .Json.GetProperty("items")[0]
            .GetProperty("status")
            .GetString();
}
