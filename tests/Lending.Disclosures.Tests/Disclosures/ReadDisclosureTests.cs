using System.Net;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Disclosures.Tests.Disclosures;

public sealed class ReadDisclosureTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("")]
    [InlineData("/document")]
    [InlineData("/page")]
    public async Task Customers_read_their_own_and_nobody_elses(string part)
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer());
        var path = $"/disclosures/{issued.Id}{part}";

        (await office.CustomerClient.SendAsync("GET", path)).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.Host.ClientFor(Persons.Customer(office.Id, Unique.Id())).SendAsync("GET", path)).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await new Office(fixture).Installer.SendAsync("GET", path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.Host.Client.SendAsync("GET", path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Lists_show_customers_and_other_organisations_what_they_may_see()
    {
        await office.SetAsync();
        var credit = office.Offer();
        await office.IssueAsync(credit);
        var path = $"/loan-offers/{credit.OfferId}/disclosures";

        CountOf(await office.CustomerClient.GetAsync(path, HttpStatusCode.OK)).ShouldBe(1);
        CountOf(await fixture.Host.ClientFor(Persons.Customer(office.Id, Unique.Id())).GetAsync(path, HttpStatusCode.OK)).ShouldBe(0);
        CountOf(await new Office(fixture).Installer.GetAsync(path, HttpStatusCode.OK)).ShouldBe(0);

        static int CountOf(Answer list) => list.Json.GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task Page_and_file_are_of_the_form_that_was_given()
    {
        await office.SetAsync(creditor: Samples.FullCreditor);
        var issued = await office.IssueAsync(office.Offer(), language: "de");

        var page = await office.CustomerClient.GetAsync($"/disclosures/{issued.Id}/page", HttpStatusCode.OK);
        var file = await office.CustomerClient.GetByteArrayAsync($"/api/v1/disclosures/{issued.Id}/document");

        page.ContentType.ShouldBe("text/html");
        page.Text.ShouldContain(issued["formHash"]!);
        PdfReader.Words(file).ShouldContain(issued["formHash"]!);
    }

    [Fact]
    public async Task A_form_that_was_changed_behind_the_product_is_not_shown()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer());
        await office.SqlAsync($"UPDATE disclosures.disclosures SET form_hash = sha256('other') WHERE id = '{issued.Id}'");

        var answer = await office.Installer.SendAsync("GET", $"/disclosures/{issued.Id}");

        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Text.ShouldNotContain("€");
    }

    [Fact]
    public async Task The_form_is_not_readable_in_the_database()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer());
        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT d::text FROM disclosures.disclosures d WHERE id = '{issued.Id}'"
        );

        var row = (string)(await command.ExecuteScalarAsync())!;

        row.ShouldContain(issued["offerId"]!);
        row.ShouldNotContain("Sonnenkraft");
    }

    [Fact]
    public async Task A_copy_of_a_customers_data_has_what_they_were_given()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer());

        var copy = await office.BehindTheApiAsync(
            (ICustomerRecords records) => records.ReadAsync(office.Customer.Id, CancellationToken.None)
        );

        System.Text.Json.JsonSerializer.Serialize(copy).ShouldContain(issued["formHash"]!);
        (
            await office.BehindTheApiAsync((ICustomerRecords records) => records.ReadAsync(Unique.Id(), CancellationToken.None))
        ).ShouldBeNull();
    }

    [Fact]
    public async Task An_erasure_leaves_what_proves_that_a_contract_was_preceded_by_information()
    {
        await office.SetAsync();
        var accepted = office.Offer();
        var kept = await office.IssueAsync(accepted);
        var gone = await office.IssueAsync(office.Offer());
        fixture.Credits.Accepted[accepted.OfferId] = AcceptanceOf(accepted);

        var told = await office.BehindTheApiAsync(
            (ICustomerErasure erasure) => erasure.EraseAsync(office.Customer.Id, CancellationToken.None)
        );

        var record = told.ShouldHaveSingleItem();
        record.Kind.ShouldBe("DISCLOSURE");
        record.Id.ShouldBe(kept.Id);
        record.Until.ShouldBe(new DateOnly(office.Now.Year + 6, 12, 31));
        (await office.Installer.SendAsync("GET", $"/disclosures/{kept.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await office.Installer.SendAsync("GET", $"/disclosures/{gone.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static AcceptedOffer AcceptanceOf(OfferedCredit credit) =>
        new()
        {
            OfferId = credit.OfferId,
            CustomerId = credit.CustomerId,
            OfferedById = Unique.Id(),
            Currency = credit.Currency,
            AmountOwed = credit.AmountOfCredit,
            FinancedFee = 0,
            DealerFee = 0,
            UpfrontFee = 0,
            MonthlyFee = 0,
            AnnualRatePercent = credit.AnnualRatePercent,
            DayCount = "30/360",
            PlannedPayoutOn = credit.PayoutOn,
            Instalments = [],
            BorrowerKind = BorrowerKind.Consumer,
            IsSecuredByLand = false,
            AcceptedAt = default,
            DisbursedOn = null,
        };
}
