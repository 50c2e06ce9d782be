using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Lending.Payments.Seeding;
using Lending.Seeding;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Host.Tests.Seeding;

/// <summary>Seeded loan accounts beside the offers that they come from, and the statements of a bank that pay them.</summary>
public sealed class SeededLoansTests
{
    private static readonly SeedOptions Options = new()
    {
        Organizations = 2,
        Installers = 4,
        Customers = 40,
        Offers = 300,
        LoanAccounts = 80,
        Until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
    };

    [Fact]
    public async Task Accounts_agree_with_their_offers()
    {
        await using var database = await SeedDatabase.CreateAsync(listens: true);
        var seeded = await database.SeedAsync(Options);

        foreach (var organization in seeded.Plan.Organizations)
        {
            // All installers share the demo installer's password.
            using var staff = await database.LogInAsync(organization.Installers[0].Username, seeded.Plan.Accounts[0].Password);
            var accounts = await ListAsync(staff, "/loan-accounts?limit=200");
            accounts.Count.ShouldBe(40);
            foreach (var account in accounts)
            {
                var offer = (await staff.GetAsync($"/loan-offers/{account.GetProperty("offerId")}", HttpStatusCode.OK)).Json;
                offer.GetProperty("status").GetString().ShouldBe("DISBURSED");
                account.GetProperty("customerId").GetGuid().ShouldBe(offer.GetProperty("customerId").GetGuid());
                account.GetProperty("principal").GetDecimal().ShouldBe(offer.GetProperty("amountOwed").GetDecimal());
                account.GetProperty("currency").GetString().ShouldBe(organization.Currency);
                var schedules = (await staff.GetAsync($"/loan-accounts/{account.GetProperty("id")}/schedules", HttpStatusCode.OK)).Json;
                schedules
                    .GetProperty("versions")[0]
                    .GetProperty("instalments")
                    .GetArrayLength()
                    .ShouldBe(offer.GetProperty("termMonths").GetInt32());
            }
            var installer = organization.Installers[1];
            var ofInstaller = await ListAsync(staff, $"/loan-accounts?limit=200&installerId={installer.Id}");
            ofInstaller.Count.ShouldBeInRange(1, 39);
            foreach (var account in ofInstaller)
            {
                var offer = (await staff.GetAsync($"/loan-offers/{account.GetProperty("offerId")}", HttpStatusCode.OK)).Json;
                offer.GetProperty("createdBy").GetProperty("id").GetGuid().ShouldBe(installer.Id);
            }
        }
    }

    [Fact]
    public async Task Bank_statements_are_imported_pay_what_they_name_and_leave_the_rest_to_people()
    {
        await using var database = await SeedDatabase.CreateAsync(listens: true);
        var seeded = await database.SeedAsync(Options);
        var folder = Directory.CreateTempSubdirectory("lending-statements-");
        try
        {
            // Of the two organisations, one has euros.
            var files = await FakeStatements.WriteAsync(seeded.Plan, folder, CancellationToken.None);
            var content = await File.ReadAllTextAsync(files.ShouldHaveSingleItem());
            var again = await FakeStatements.WriteAsync(seeded.Plan, folder, CancellationToken.None);
            (await File.ReadAllTextAsync(again.ShouldHaveSingleItem())).ShouldBe(content);
            var due = seeded.Plan.Told<DueInstalment>(seeded.Plan.Organizations[0], 1_000).ToList();
            // Of ten transfers, two name no account; a stranger thanks, and the bank takes its fee.
            var unknown = Enumerable.Range(0, due.Count).Count(number => number % 10 is 8 or 9) + 2;
            var entries = XDocument.Parse(content).Descendants().Count(element => element.Name.LocalName == "Ntry");
            entries.ShouldBe(due.Count + 2);
            due.Count.ShouldBeGreaterThan(20);
            var demo = seeded.Plan.Accounts.Single(account => account.Role == "ADMIN");
            using var administrator = await database.LogInAsync(demo.Username, demo.Password);

            var imported = (await administrator.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK)).Json;

            imported.GetProperty("booked").GetInt32().ShouldBe(entries - unknown);
            imported.GetProperty("open").GetInt32().ShouldBe(unknown);
            (await ListAsync(administrator, "/work-items?limit=200")).Count.ShouldBe(unknown);
            foreach (var (number, instalment) in due.Index())
            {
                var state = (
                    await administrator.GetAsync($"/loan-accounts/{instalment.LoanAccountId}", HttpStatusCode.OK)
                ).Json.GetProperty("state");
                if (number % 10 is not (8 or 9))
                {
                    state.GetProperty("daysPastDue").GetInt32().ShouldBe(0);
                }
            }
            // Once is enough.
            var twice = (await administrator.PostAsync("/bank-statements", new { content }, HttpStatusCode.OK)).Json;
            twice.GetProperty("booked").GetInt32().ShouldBe(entries - unknown);
            var trial = (await administrator.GetAsync("/trial-balance", HttpStatusCode.OK)).Json;
            trial.GetProperty("currencies").EnumerateArray().Select(currency => currency.GetProperty("balance").GetDecimal()).ShouldBe([0]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient client, string path)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await client.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}", HttpStatusCode.OK)).Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);
        return items;
    }
}
