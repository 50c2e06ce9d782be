using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Lending.Kernel;
using Lending.Payments.Seeding;
using Lending.Payments.Sepa;
using Lending.Seeding;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Payments.Tests.Seeding;

/// <summary>What is seeded for payments, and a bank's statements about it. The loan accounts are made up.</summary>
public sealed class PaymentsSeederTests(PaymentsFixture fixture)
{
    private static readonly SeedOptions _options = new() { LoanAccounts = 40, Until = new DateOnly(2026, 6, 15) };

    [Fact]
    public async Task Seeded_references_are_those_of_the_API_and_a_statement_with_them_is_booked()
    {
        await using var host = await fixture.StartAsync();
        var neighbour = new Loans(fixture.Loans, 20);
        var seeder = new Seeder(host.Services, services => [neighbour, new PaymentsSeeder(services)]);

        var seeded = await seeder.SeedAsync(_options, progress: null, CancellationToken.None);

        var staff = host.ClientFor(Persons.Administrator(neighbour.Euro.Id));
        var creditor = (await staff.GetAsync("/sepa-creditor", HttpStatusCode.OK)).Json;
        creditor.GetProperty("name").GetString().ShouldBe("Solar GmbH");
        // What the API answers about it, it takes again.
        await staff.ExpectAsync("PUT", "/sepa-creditor", PaymentsFixture.Creditor, HttpStatusCode.OK);
        foreach (var loan in neighbour.All)
        {
            var given = (await staff.PostAsync("/payment-references", new { loanAccountId = loan.Id }, HttpStatusCode.OK)).Json;
            given.GetProperty("reference").GetString().ShouldBe(PaymentsSeeder.ReferenceOf(seeded.Plan, loan.Id));
        }
        (await host.ClientFor(Persons.Administrator(neighbour.Dollar.Id)).SendAsync("GET", "/sepa-creditor")).Status.ShouldBe(
            HttpStatusCode.NotFound,
            "SEPA has no dollars"
        );

        var imported = (await staff.ImportAsync(FakeStatements.Statement(seeded.Plan, neighbour.Euro).ToString())).Json;

        imported.GetProperty("booked").GetInt32().ShouldBe(16);
        imported.GetProperty("open").GetInt32().ShouldBe(6);
        foreach (var (number, loan) in neighbour.All.Index())
        {
            loan.Payments.Values.ShouldBe(number % 10 is 8 or 9 ? [] : [(new DateOnly(2026, 6, 14), 100 + number)], $"{number}");
        }

        (await seeder.EmptyAsync(CancellationToken.None)).ShouldBeGreaterThan(seeded.RowCount);
        (await staff.SendAsync("GET", "/sepa-creditor")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_statement_is_the_same_each_time_sums_up_and_has_what_banks_write()
    {
        var plan = new SeedPlan(_options);
        var neighbour = new Loans(new FakeLoans(), 100);
        neighbour.Prepare(plan);

        var text = FakeStatements.Statement(plan, neighbour.Euro).ToString();

        FakeStatements.Statement(plan, neighbour.Euro).ToString().ShouldBe(text);
        var statement = BankFileReader.Read(text).Statements.ShouldHaveSingleItem();
        statement.Account.ShouldBe(PaymentsSeeder.OwnIban);
        Iban.IsValid(statement.Account).ShouldBeTrue();
        // No more than sixty borrowers, however many there are.
        statement.Lines.Count.ShouldBe(62);
        (BalanceOf(text, "OPBD") + statement.Lines.Sum(line => line.Amount)).ShouldBe(BalanceOf(text, "CLBD"));
        statement.Lines.ShouldAllBe(line => line.Amount < 0 || Iban.IsValid(line.PartyIban));
        statement.Lines.Count(line => line.Reference is not null).ShouldBe(48);
        statement.Lines.Select(line => line.BankReference).ShouldBeUnique();
        // The elements of an entry, in the order of the standard's schema.
        string[] order = ["Amt", "CdtDbtInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd", "NtryDtls"];
        foreach (var entry in XDocument.Parse(text).Descendants().Where(element => element.Name.LocalName == "Ntry"))
        {
            entry.Elements().Select(element => element.Name.LocalName).ShouldBe(order);
            decimal.Parse(entry.Elements().First().Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        }
    }

    /// <summary>A balance, below zero where the bank's customer owes it.</summary>
    private static decimal BalanceOf(string statement, string code)
    {
        var balance = XDocument
            .Parse(statement)
            .Descendants()
            .Single(element =>
                element.Name.LocalName == "Bal" && element.Descendants().Any(part => part.Name.LocalName == "Cd" && part.Value == code)
            );
        var amount = decimal.Parse(Value("Amt"), CultureInfo.InvariantCulture);
        return Value("CdtDbtInd") == "DBIT" ? -amount : amount;

        string Value(string name) => balance.Elements().Single(element => element.Name.LocalName == name).Value;
    }

    /// <summary>What the Identity and Servicing modules would say.</summary>
    private sealed class Loans : IModuleSeeder
    {
        public Loans(FakeLoans loans, int count) => All = [.. Enumerable.Range(0, count).Select(_ => loans.Add())];

        public List<FakeLoans.Loan> All { get; }

        public SeededOrganization Euro { get; } = Named(0, "EUR");

        public SeededOrganization Dollar { get; } = Named(1, "USD");

        public void Prepare(SeedPlan plan)
        {
            plan.Organizations.AddRange([Euro, Dollar]);
            plan.Tell((_, _) => All.Select(loan => loan.Payable));
            plan.Tell((_, _) => All.Select((loan, number) => new DueInstalment(loan.Id, plan.Options.Until, 100 + number)));
        }

        public Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;

        public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;

        private static SeededOrganization Named(int number, string currency) =>
            new()
            {
                Id = Unique.Id(),
                Number = number,
                Name = "Solar GmbH",
                Currency = currency,
                TimeZone = "Europe/Berlin",
                Language = SeedLocale.De,
                Installers = [new UserReference(Unique.Id(), "installer")],
                Administrator = new UserReference(Unique.Id(), "administrator"),
            };
    }
}
