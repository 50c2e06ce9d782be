using System.Net;
using Lending.Testing;

namespace Lending.Payments.Tests.Creditors;

public sealed class CreditorTests(PaymentsFixture fixture)
{
    private const string Path = "/sepa-creditor";

    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task What_was_said_is_told_with_the_account_masked_and_can_be_said_anew()
    {
        (await Staff.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

        await PaymentsFixture.WithCreditorAsync(Staff);
        var first = await Staff.GetAsync(Path, HttpStatusCode.OK);
        await Staff.ExpectAsync("PUT", Path, Changed(country: "AT", iban: "AT611904300234573201"), HttpStatusCode.OK);
        var second = await Staff.GetAsync(Path, HttpStatusCode.OK);

        first["iban"].ShouldBe("DE87…7890");
        first["name"].ShouldBe("Sonnenkredit GmbH");
        second["iban"].ShouldBe("AT61…3201");
        second["country"].ShouldBe("AT");
        (await ScalarAsync($"SELECT count(*) FROM payments.creditors WHERE organization_id = '{organization}'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Two_who_say_it_at_once_make_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Staff.SendAsync("PUT", Path, PaymentsFixture.Creditor)));

        (await ScalarAsync($"SELECT count(*) FROM payments.creditors WHERE organization_id = '{organization}'")).ShouldBe(1L);
    }

    [Theory]
    [InlineData("DE88200500001234567890", "DE98ZZZ09999999999", "DE")]
    [InlineData(PaymentsFixture.OwnIban, "DE97ZZZ09999999999", "DE")]
    [InlineData(PaymentsFixture.OwnIban, "DE98ZZZ09999999999", "XX")]
    public async Task What_banks_would_refuse_is_refused(string iban, string identifier, string country) =>
        (await Staff.SendAsync("PUT", Path, Changed(identifier, country, iban))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it_and_not_everybody_may_say_it()
    {
        await PaymentsFixture.WithCreditorAsync(Staff);

        (await fixture.Host.ClientFor(Persons.Administrator(Unique.Id())).SendAsync("GET", Path)).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await fixture.Host.ClientFor(Persons.Installer(organization)).SendAsync("PUT", Path, PaymentsFixture.Creditor)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    private static object Changed(string identifier = "DE98ZZZ09999999999", string country = "DE", string iban = PaymentsFixture.OwnIban) =>
        new
        {
            name = "Sonnenkredit GmbH",
            identifier,
            iban,
            town = "Berlin",
            country,
        };

    private async Task<object?> ScalarAsync(string statement)
    {
        await using var command = fixture.Host.Database.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }
}
