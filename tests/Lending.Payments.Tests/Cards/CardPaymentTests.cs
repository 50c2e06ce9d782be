using System.Net;
using Lending.Payments.Cards;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Payments.Tests.Cards;

/// <summary>Payments by card until Stripe tells what became of them.</summary>
public sealed class CardPaymentTests(PaymentsFixture fixture)
{
    private const string Path = CardSteps.Path;

    private readonly CardSteps steps = new(fixture);

    [Fact]
    public async Task A_customer_starts_a_payment_of_their_loan_and_is_told_its_secret()
    {
        var amount = CardSteps.NewAmount();

        var started = await steps.Customer.PostAsync(Path, steps.Request(amount), HttpStatusCode.Created);
        var id = Guid.Parse(started["payment.id"]!);
        var read = await steps.Customer.GetAsync($"{Path}/{id}", HttpStatusCode.OK);
        var list = await steps.Staff.GetAsync($"{Path}?loanAccountId={steps.Loan.Id}&includeTotal=true", HttpStatusCode.OK);

        started["payment.status"].ShouldBe("OPEN");
        started["clientSecret"]!.ShouldStartWith("pi_");
        started.Location!.ToString().ShouldBe($"/api/v1{Path}/{id}");
        read.Json.GetProperty("amount").GetDecimal().ShouldBe(amount);
        list.Json.GetProperty("total").GetInt32().ShouldBe(1);
        list.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(id);
        var post = fixture.Stripe.Posts.Single(post => post.Key == id.ToString());
        post.Form.ShouldBe(
            $"/v1/payment_intentsallowed_payment_method_types[0]=card&amount={CardSteps.Cents(amount)}&currency=eur"
                + $"&metadata[card_payment_id]={id}&metadata[organization_id]={steps.Organization}",
            "amounts and ids, and nothing of persons"
        );
    }

    [Fact]
    public async Task The_secret_is_told_to_nobody_else_and_stands_nowhere()
    {
        var requestId = Unique.Id();
        var started = await steps.Customer.PostAsync(Path, steps.Request(100, requestId), HttpStatusCode.Created);
        var secret = started["clientSecret"]!;

        foreach (var path in (string[])[$"{Path}/{started["payment.id"]}", $"{Path}?loanAccountId={steps.Loan.Id}"])
        {
            (await steps.Staff.GetAsync(path, HttpStatusCode.OK)).Text.ShouldNotContain(secret);
        }
        (await steps.Staff.SendAsync("POST", Path, steps.Request(100, requestId))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "request-id-taken"
        );
        foreach (var table in (string[])["payments.card_payments", "audit.entries", "platform.kept_answers"])
        {
            (await CountAsync($"SELECT count(*) FROM {table} AS one WHERE to_json(one)::text LIKE '%{secret}%'")).ShouldBe(0, table);
        }
        (await CountAsync($"SELECT count(*) FROM audit.entries WHERE entity_id = '{started["payment.id"]}'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_same_request_is_one_payment_however_often_it_is_sent()
    {
        var request = steps.Request(CardSteps.NewAmount(), Unique.Id());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => steps.Customer.SendAsync("POST", Path, request)));
        var again = await steps.Customer.PostAsync(Path, request, HttpStatusCode.Created);

        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
        }
        answers.Where(answer => answer.Status == HttpStatusCode.Created).ShouldNotBeEmpty();
        answers
            .Where(answer => answer.Status == HttpStatusCode.Created)
            .ShouldAllBe(answer => answer["clientSecret"] == again["clientSecret"]);
        steps.Books.CountIntents(Guid.Parse(again["payment.id"]!)).ShouldBe(1);
        (await steps.Staff.GetAsync($"{Path}?loanAccountId={steps.Loan.Id}&includeTotal=true", HttpStatusCode.OK))
            .Json.GetProperty("total")
            .GetInt32()
            .ShouldBe(1);
    }

    [Fact]
    public async Task Another_request_with_the_id_is_refused()
    {
        var requestId = Unique.Id();
        await steps.Customer.PostAsync(Path, steps.Request(100, requestId), HttpStatusCode.Created);

        (await steps.Customer.SendAsync("POST", Path, steps.Request(101, requestId))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "request-id-taken"
        );
    }

    [Fact]
    public async Task Nobody_pays_or_sees_what_is_not_theirs()
    {
        var (id, _) = await steps.StartAsync();
        var other = new CardSteps(fixture);
        var colleague = steps.Host.ClientFor(Persons.Customer(steps.Organization, other.Loan.Payable.CustomerId));
        var installer = steps.Host.ClientFor(Persons.Installer(steps.Organization));

        (await steps.Customer.SendAsync("POST", Path, steps.Request(100, loanAccountId: other.Loan.Id))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-such-loan-account"
        );
        (await colleague.SendAsync("GET", $"{Path}/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.Staff.SendAsync("GET", $"{Path}/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.RefundAsync(id, 1)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.Staff.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await steps.Customer.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await steps.Customer.SendAsync("POST", $"{Path}/{id}/refunds", new { requestId = Unique.Id(), amount = 1 })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await installer.SendAsync("POST", Path, steps.Request(100))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("EUR", "CHF", 100, "other-currency")]
    [InlineData("EUR", "EUR", 100.001, "amount-not-chargeable")]
    [InlineData("EUR", "EUR", 1_000_000, "amount-not-chargeable")]
    [InlineData("KWD", "KWD", 100, "amount-not-chargeable")]
    [InlineData("ISK", "ISK", 100, "amount-not-chargeable")]
    [InlineData("JPY", "JPY", 100.5, "amount-not-chargeable")]
    [InlineData("EUR", "EUR", 0, "validation-failed")]
    public async Task What_no_card_is_charged_is_refused(string loan, string currency, double amount, string code)
    {
        var own = new CardSteps(fixture, currency: loan);

        (await own.Staff.SendAsync("POST", Path, own.Request((decimal)amount, currency: currency))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            code
        );
    }

    [Fact]
    public async Task Yen_have_no_cents()
    {
        var own = new CardSteps(fixture, currency: "JPY");
        var started = await own.Customer.PostAsync(Path, own.Request(5000, currency: "JPY"), HttpStatusCode.Created);

        fixture.Stripe.Posts.Single(post => post.Key == started["payment.id"]).Form.ShouldContain("&amount=5000&currency=jpy&");
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        await steps.Customer.ShouldBeRefusedAsync("POST", Path);
        await steps.Staff.ShouldBeRefusedAsync("POST", $"{Path}/{Unique.Id()}/refunds");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_and_with_a_wrong_one_it_is_said()
    {
        await using var host = await fixture.StartAsync();
        var own = new CardSteps(fixture, host);
        var (id, _) = await own.StartAsync();
        var settings = host.Services.GetRequiredService<IOptions<StripeOptions>>().Value;

        settings.ApiKey = null;
        (await own.Customer.SendAsync("POST", Path, own.Request(100))).ShouldBeProblem(HttpStatusCode.Conflict, "no-card-provider");
        (await own.RefundAsync(id, 1)).ShouldBeProblem(HttpStatusCode.Conflict, "no-card-provider");
        (await own.TryTellAsync("{}")).ShouldBeProblem(HttpStatusCode.Conflict, "no-card-provider");
        (await own.Staff.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        settings.ApiKey = "wrong";
        (await own.Customer.SendAsync("POST", Path, own.Request(100))).ShouldBeProblem(HttpStatusCode.BadGateway, "card-provider-failed");
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = fixture.Host.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
