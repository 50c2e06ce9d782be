using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class ListOffersTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(200)]
    public async Task All_pages_together_are_all_offers_newest_first(int limit)
    {
        var ids = new List<Guid>();
        for (var number = 0; number < 7; number++)
        {
            ids.Add((await office.OfferAsync()).Id);
        }
        ids.Reverse();

        var listed = new List<Guid>();
        var pages = 0;
        string? cursor = null;
        do
        {
            var page = await ListAsync($"limit={limit}&includeTotal=true{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.Json.GetProperty("total").GetInt32().ShouldBe(7);
            listed.AddRange(IdsOf(page));
            cursor = page.Json.GetProperty("nextCursor").GetString();
            pages++;
        } while (cursor is not null);

        listed.ShouldBe(ids);
        pages.ShouldBe((7 + limit - 1) / limit);
    }

    [Fact]
    public async Task A_listed_offer_is_what_reading_it_answers_but_for_its_hash_and_the_total_is_counted_only_when_asked_for()
    {
        var offer = await office.OfferAsync();

        var page = await ListAsync("");

        page.Json.GetProperty("items")[0].GetRawText().ShouldBe(offer.Text.Replace($"\"documentHash\":\"{offer["documentHash"]}\",", ""));
        page.Json.TryGetProperty("total", out _).ShouldBeFalse();
        page["nextCursor"].ShouldBe("");
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        var small = await office.OfferAsync(office.Terms(loanAmount: 1_000));
        var approved = await office.OfferAsync("APPROVED");
        var rejected = await office.OfferAsync("REJECTED");
        var others = await office.OfferAsync(office.Terms(loanAmount: 20_000, customerId: office.AddCustomer().Id));
        var colleague = Persons.Installer(office.Id);
        var colleagues = await fixture
            .Host.ClientFor(colleague)
            .PostAsync("/loan-offers", office.Terms(loanAmount: 30_000), HttpStatusCode.Created);

        await ShouldListAsync($"customerId={office.Customer.Id}", small, approved, rejected, colleagues);
        await ShouldListAsync($"customerId={others["customerId"]}", others);
        await ShouldListAsync("status=PENDING", small, others, colleagues);
        await ShouldListAsync("status=APPROVED", approved);
        await ShouldListAsync("status=APPROVED&status=REJECTED", approved, rejected);
        await ShouldListAsync("status=DISBURSED");
        await ShouldListAsync($"createdBy={colleague.UserId}", colleagues);
        await ShouldListAsync("amountFrom=2e4", others, colleagues);
        await ShouldListAsync("amountTo=1000.00", small);
        await ShouldListAsync("amountFrom=1000.01&amountTo=10000", approved, rejected);
        await ShouldListAsync($"createdFrom={TimeOf(others)}", others, colleagues);
        await ShouldListAsync($"createdTo={TimeOf(approved)}", small);
        await ShouldListAsync($"createdFrom={TimeOf(approved)}&createdTo={TimeOf(others)}&status=REJECTED", rejected);
        await ShouldListAsync("createdTo=2020-01-01T00:00:00%2B05:30");
        await ShouldListAsync("createdFrom=2020-01-01T00:00:00%2B05:30", small, approved, rejected, others, colleagues);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("includeTotal=perhaps", "includeTotal")]
    [InlineData("customerId=ada", "customerId")]
    [InlineData("status=OPEN", "status")]
    [InlineData("status=1", "status")]
    [InlineData("status=APPROVED,REJECTED", "status")]
    [InlineData("status=PENDING&status=APPROVED,REJECTED", "status")]
    [InlineData("status=[PENDING]", "status")]
    [InlineData("createdBy=ada", "createdBy")]
    [InlineData("amountFrom=much", "amountFrom")]
    [InlineData("amountTo=1,000", "amountTo")]
    [InlineData("createdFrom=yesterday", "createdFrom")]
    [InlineData("createdTo=21.11.2026", "createdTo")]
    public async Task A_bad_query_is_refused(string query, string field)
    {
        var answer = await office.Installer.SendAsync("GET", $"/loan-offers?{query}");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
    }

    [Fact]
    public Task A_forged_cursor_is_refused() => office.Installer.ShouldRefuseForgedCursorsAsync("/loan-offers");

    private static string TimeOf(Answer offer) => Uri.EscapeDataString(offer["createdAt"]!);

    private static IEnumerable<Guid> IdsOf(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());

    private Task<Answer> ListAsync(string query) => office.Installer.GetAsync($"/loan-offers?{query}", HttpStatusCode.OK);

    private async Task ShouldListAsync(string query, params Answer[] offers)
    {
        var page = await ListAsync($"{query}&includeTotal=true");
        IdsOf(page).ShouldBe(offers.Select(offer => offer.Id).Reverse(), query);
        page.Json.GetProperty("total").GetInt32().ShouldBe(offers.Length, query);
    }
}
