using System.Net;
using System.Text.Json.Nodes;
using Lending.Applications.CreditApplications;
using Lending.Testing;

namespace Lending.Applications.Tests.CreditApplications;

/// <summary>Starting an application, and filling it in.</summary>
public sealed class DraftTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task A_draft_is_empty_and_expires_in_60_days()
    {
        var customer = fixture.Customer(organization);

        var draft = await Installer.PostAsync("/applications", new { customerId = customer.Id }, HttpStatusCode.Created);

        draft["application.status"].ShouldBe("DRAFT");
        draft["application.customerId"].ShouldBe(customer.Id.ToString());
        draft["application.currency"].ShouldBe("EUR");
        draft.Location!.ToString().ShouldBe($"/api/v1/applications/{draft.Id}");
        var (created, expires) = (Time(draft, "createdAt"), Time(draft, "expiresAt"));
        (expires - created).ShouldBe(TimeSpan.FromDays(60));
        (await Installer.GetAsync($"/applications/{draft.Id}", HttpStatusCode.OK)).Text.ShouldBe(draft.Text);
    }

    [Fact]
    public async Task Customers_start_their_own_and_nobody_else_s()
    {
        var (own, other) = (fixture.Customer(organization), fixture.Customer(organization));
        var client = fixture.Host.ClientFor(Persons.Customer(organization, own.Id));

        await client.PostAsync("/applications", new { customerId = own.Id }, HttpStatusCode.Created);
        (await client.SendAsync("POST", "/applications", new { customerId = other.Id })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "unknown-customer"
        );
    }

    [Fact]
    public async Task Each_value_knows_who_entered_it_last()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var id = await ApplicationsFixture.DraftAsync(
            own,
            customer.Id,
            new { loanAmount = 10_000, first = new { netIncome = new { amount = 2_000 } } }
        );

        var patched = await Installer.ExpectAsync(
            "PATCH",
            $"/applications/{id}",
            new { termMonths = 60, first = new { netIncome = new { amount = 2_500, source = "PAYSLIP" } } },
            HttpStatusCode.OK
        );

        var entered = patched.Json.GetProperty("entered");
        entered
            .EnumerateObject()
            .Select(field => (field.Name, field.Value.GetProperty("isCustomer").GetBoolean()))
            .ShouldBe(
                [("loanAmount", true), ("termMonths", false), ("first.netIncome.amount", false), ("first.netIncome.source", false)],
                ignoreOrder: true
            );
        patched["details.loanAmount"].ShouldBe("10000");
    }

    [Fact]
    public async Task A_patch_of_each_member_changes_it_alone()
    {
        var customer = fixture.Customer(organization);
        var second = fixture.Customer(organization);
        var document = fixture.Document(organization, customer.Id);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id);

        await Installer.ShouldChangeEachMemberAloneAsync<ApplicationDetails>(
            _ => $"/applications/{id}",
            new JsonObject
            {
                ["offerId"] = Unique.Id().ToString(),
                ["secondCustomerId"] = second.Id.ToString(),
                ["loanAmount"] = 12_000.50m,
                ["annualRatePercent"] = 4.9m,
                ["termMonths"] = 60,
                ["ownSharePercent"] = 10,
                ["adults"] = 2,
                ["children"] = 3,
                ["cars"] = 1,
                ["livingExpenses"] = FigureOf(900),
                ["housing"] = FigureOf(800),
                ["existingInstalments"] = FigureOf(100),
                ["first"] = ApplicantOf(2_000),
                ["second"] = ApplicantOf(1_500),
            },
            (answer, member) => answer.GetProperty("details").GetProperty(member)
        );

        JsonObject FigureOf(decimal amount) =>
            new()
            {
                ["amount"] = amount,
                ["source"] = "CONTRACT",
                ["evidence"] = "contract.pdf",
                ["documentId"] = document.ToString(),
            };

        JsonObject ApplicantOf(decimal income) =>
            new()
            {
                ["employment"] = "PERMANENT",
                ["employmentMonths"] = 12,
                ["arrears"] = 1,
                ["netIncome"] = FigureOf(income),
            };
    }

    [Theory]
    [InlineData("""{"loanAmount": 499}""", "loanAmount")]
    [InlineData("""{"annualRatePercent": 51}""", "annualRatePercent")]
    [InlineData("""{"termMonths": 0}""", "termMonths")]
    [InlineData("""{"adults": 0}""", "adults")]
    [InlineData("""{"cars": 21}""", "cars")]
    [InlineData("""{"ownSharePercent": 100.01}""", "ownSharePercent")]
    [InlineData("""{"housing": {"amount": -1}}""", "housing.amount")]
    [InlineData("""{"first": {"netIncome": {"amount": -1}}}""", "first.netIncome.amount")]
    [InlineData("""{"first": {"employmentMonths": 901}}""", "first.employmentMonths")]
    public async Task Values_that_cannot_be_are_refused_by_their_path(string patch, string field)
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);

        (await Installer.SendAsync("PATCH", $"/applications/{id}", patch))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);
    }

    [Fact]
    public async Task Amounts_have_the_currency_s_decimals_and_nobody_applies_with_themselves_or_strangers()
    {
        var customer = fixture.Customer(organization);
        var stranger = fixture.Customer(Unique.Id());
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id);

        (await PatchAsync(new { housing = new { amount = 1.001 } })).ShouldBeProblem(HttpStatusCode.BadRequest, "amount-scale");
        (await PatchAsync(new { secondCustomerId = customer.Id })).ShouldBeProblem(HttpStatusCode.BadRequest, "same-customer");
        (await PatchAsync(new { secondCustomerId = stranger.Id })).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-customer");

        Task<Answer> PatchAsync(object patch) => Installer.SendAsync("PATCH", $"/applications/{id}", patch);
    }

    [Fact]
    public async Task An_older_version_is_refused()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);
        var read = await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK);
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { cars = 1 }, HttpStatusCode.OK, read.ETag);

        (await Installer.SendAsync("PATCH", $"/applications/{id}", new { cars = 2 }, read.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);

        await Installer.ShouldBeRefusedAsync("POST", "/applications");
        await Installer.ShouldBeRefusedAsync("PATCH", $"/applications/{id}");
    }

    [Fact]
    public async Task What_applicants_say_stands_encrypted_in_the_database()
    {
        var id = await ApplicationsFixture.DraftAsync(
            Installer,
            fixture.Customer(organization).Id,
            new { housing = new { evidence = "Mietvertrag-47" } }
        );

        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT position('Mietvertrag-47'::bytea IN content), position('housing'::bytea IN content) FROM applications.applications WHERE id = '{id}'"
        );
        await using var row = await command.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        (row.GetInt32(0), row.GetInt32(1)).ShouldBe((0, 0));
    }

    private static DateTimeOffset Time(Answer answer, string name) =>
        answer.Json.GetProperty("application").GetProperty(name).GetDateTimeOffset();
}
