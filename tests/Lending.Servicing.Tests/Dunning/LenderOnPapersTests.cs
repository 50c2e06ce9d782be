using System.Net;
using Lending.Testing;

namespace Lending.Servicing.Tests.Dunning;

/// <summary>Who writes to borrowers, where they are, and where money is to be sent. It is 15 June 2026, and nothing was paid since 1 January.</summary>
public sealed class LenderOnPapersTests(ServicingFixture fixture)
{
    private const string Account = "Sonnendach Treuhand, IBAN DE87 2005 0000 1234 5678 90, BIC BANKDEFFXXX";

    private static readonly string[] Particulars =
    [
        "Lichtstraße 1, Hinterhaus, 10115 Berlin",
        "+49 30 1234567 · kredit@example.org",
        "Amtsgericht Charlottenburg, HRB 12345",
    ];

    private readonly Guid organization = Unique.Id();
    private readonly Guid customer = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Theory]
    [InlineData("de", "auf dieses Konto: ", "Verwendungszweck")]
    [InlineData("en", "to this account: ", "reference")]
    public async Task A_letter_says_who_demands_and_where_to_pay_for_as_long_as_it_is_kept(string language, string payTo, string reference)
    {
        SayAll();
        fixture.Languages[organization] = language;
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var account = $"{payTo}{Account}, {reference} {ServicingFixture.ReferenceOf(id)}.";

        var letter = await Staff.PostAsync(
            $"/loan-accounts/{id}/dunning-letters",
            new { letterId = Unique.Id(), sendsMail = true },
            HttpStatusCode.Created
        );
        var path = $"/dunning-letters/{letter.Id}";
        var pdf = await PdfAsync(path);

        var text = (await Staff.GetAsync(path, HttpStatusCode.OK))["text"]!;
        text.ShouldContain(account);
        text.ShouldEndWith($"\n\nSonnendach Finanz GmbH\n{string.Join('\n', Particulars)}");
        var words = PdfReader.Words(pdf);
        words.ShouldContain(account);
        words.ShouldContain($"Sonnendach Finanz GmbH · {Particulars[0]}", customMessage: "it goes back there if nobody takes it");
        foreach (var line in Particulars)
        {
            words.ShouldContain(line);
        }
        words.ShouldNotContain("□");
        // DIN 5008, form B: the window ends 90 mm from the top.
        PdfReader.Places(pdf).Single(word => word.Text == "Rosenweg").Bottom.ShouldBeLessThan(90 * 72 / 25.4);
        var mail = fixture.Host.Messages.To($"{customer:N}@example.org").Single();
        mail.Values["demand"].ShouldContain(account);
        mail.Values["help"].ShouldEndWith($" Sonnendach Finanz GmbH, {string.Join(", ", Particulars)}");
        fixture.Letterheads.TryRemove(organization, out _);
        fixture.LenderAccounts.TryRemove(organization, out _);
        (await PdfAsync(path)).ShouldBe(pdf, "what was written does not change with the lender");
    }

    [Theory]
    [InlineData("statement?from=2026-01-01&to=2026-06-15")]
    [InlineData("interest-statement?year=2026")]
    [InlineData("repayment-plan")]
    public async Task Other_papers_say_so_too_and_ask_for_no_reference(string paper)
    {
        SayAll();
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        var words = PdfReader.Words(await PdfAsync($"/loan-accounts/{id}/{paper}"));

        words.ShouldContain($"Account for payments: {Account}.");
        words.ShouldContain($"Sonnendach Finanz GmbH {string.Join(' ', Particulars)}");
    }

    [Fact]
    public async Task A_lender_of_whom_forms_say_nothing_is_where_the_holder_of_its_account_is()
    {
        SayAll();
        fixture.Letterheads.TryRemove(organization, out _);
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        var letter = await Staff.PostAsync($"/loan-accounts/{id}/dunning-letters", new { letterId = Unique.Id() }, HttpStatusCode.Created);

        (await Staff.GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK))["text"]!.ShouldEndWith(
            "\n\nSonnendach Finanz GmbH\nHauptstraße 1, 10115 Berlin, DE"
        );
    }

    [Fact]
    public async Task A_lender_that_has_said_nothing_is_named_alone_and_the_loan_account_with_it()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        var letter = await Staff.PostAsync($"/loan-accounts/{id}/dunning-letters", new { letterId = Unique.Id() }, HttpStatusCode.Created);

        var text = (await Staff.GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK))["text"]!;
        text.ShouldEndWith("\n\nSonnendach Finanz GmbH");
        text.ShouldContain("und geben Sie dabei das Darlehenskonto an.");
        text.ShouldNotContain("IBAN");
    }

    private void SayAll()
    {
        fixture.Letterheads[organization] = new(
            "Lichtstraße 1\nHinterhaus\n10115 Berlin",
            "+49 30 1234567",
            "kredit@example.org",
            "Amtsgericht Charlottenburg, HRB 12345"
        );
        fixture.LenderAccounts[organization] = new(
            "Sonnendach Treuhand",
            "Hauptstraße 1, 10115 Berlin, DE",
            "DE87 2005 0000 1234 5678 90",
            "BANKDEFFXXX",
            Reference: null
        );
    }

    private async Task<byte[]> PdfAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}");
        request.Headers.Accept.ParseAdd("application/pdf");
        using var response = await Staff.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
