using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class CommentTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task Staff_comment_among_themselves_unless_they_say_otherwise()
    {
        var offer = await office.OfferAsync();

        var silent = await AddAsync(office.Installer, offer, new { text = "Check the roof" });
        var open = await AddAsync(office.Installer, offer, new { text = "We are coming on Tuesday", visibility = "CUSTOMER" });
        var customers = await AddAsync(office.CustomerClient, offer, new { text = "Tuesday suits me" });

        silent["visibility"].ShouldBe("INTERNAL");
        silent["createdBy.username"].ShouldBe(office.InstallerSubject.Username);
        customers["visibility"].ShouldBe("CUSTOMER");
        (await ListAsync(office.Installer, offer)).ShouldBe([customers.Text, open.Text, silent.Text]);
        (await ListAsync(office.CustomerClient, offer)).ShouldBe([customers.Text, open.Text]);
    }

    [Fact]
    public async Task Customers_write_no_internal_comments()
    {
        var offer = await office.OfferAsync();

        var answer = await office.CustomerClient.SendAsync(
            "POST",
            $"/loan-offers/{offer.Id}/comments",
            new { text = "Psst", visibility = "INTERNAL" }
        );

        answer.ShouldBeProblem(HttpStatusCode.Forbidden, "internal-comment");
        (await ListAsync(office.Installer, offer)).ShouldBeEmpty();
        await AddAsync(office.CustomerClient, offer, new { text = "Hello", visibility = "CUSTOMER" });
    }

    [Fact]
    public async Task An_offer_can_be_commented_on_in_every_state_and_stays_as_it_is()
    {
        foreach (var state in Steps.States)
        {
            var offer = await office.OfferAsync(state);
            await AddAsync(office.Installer, offer, new { text = "Noted" });
            await AddAsync(fixture.Host.ClientFor(Persons.Underwriter(office.Id)), offer, new { text = "Noted, too" });

            var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
            read.Text.ShouldBe(offer.Text);
            read.ETag.ShouldBe(offer.ETag);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task All_pages_together_are_all_comments_newest_first(int limit)
    {
        var offer = await office.OfferAsync();
        var texts = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            texts.Insert(0, (await AddAsync(office.Installer, offer, new { text = $"Number {number}" })).Text);
        }

        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var query = $"limit={limit}&includeTotal=true{(cursor is null ? "" : $"&cursor={cursor}")}";
            var page = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/comments?{query}", HttpStatusCode.OK);
            page.Json.GetProperty("total").GetInt32().ShouldBe(5);
            listed.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            cursor = page.Json.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        listed.ShouldBe(texts);
    }

    [Fact]
    public async Task What_was_said_to_another_customer_is_not_shown()
    {
        var offer = await office.OfferAsync();
        await AddAsync(office.CustomerClient, offer, new { text = "My income is small" });
        var second = office.AddCustomer();
        await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", new { customerId = second.Id }, HttpStatusCode.OK);

        (await ListAsync(office.ClientOf(second.Id), offer)).ShouldBeEmpty();
        (await ListAsync(office.Installer, offer)).Count.ShouldBe(1);
        (await office.CustomerClient.SendAsync("GET", $"/loan-offers/{offer.Id}/comments")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Comments_go_with_a_deleted_offer()
    {
        var offer = await office.OfferAsync();
        await AddAsync(office.Installer, offer, new { text = "Noted" });

        await office.Installer.ExpectAsync("DELETE", $"/loan-offers/{offer.Id}", null, HttpStatusCode.NoContent);

        (await office.Installer.SendAsync("GET", $"/loan-offers/{offer.Id}/comments")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_comment_on_an_offer_that_is_being_deleted_is_no_internal_error()
    {
        for (var round = 0; round < 10; round++)
        {
            var offer = await office.OfferAsync();

            var answers = await Task.WhenAll(
                office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/comments", new { text = "Noted" }),
                office.Installer.SendAsync("DELETE", $"/loan-offers/{offer.Id}")
            );

            answers[0].Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.NotFound, HttpStatusCode.Conflict);
            answers[1].Status.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task Bad_comments_are_refused()
    {
        var offer = await office.OfferAsync();
        var path = $"/loan-offers/{offer.Id}/comments";
        await office.Installer.ShouldBeRefusedAsync("POST", path);
        foreach (
            var (body, field, code) in new[]
            {
                ("{}", "text", "not-empty"),
                ("""{"text":null}""", "text", "not-empty"),
                ("""{"text":"  "}""", "text", "not-empty"),
                ("""{"text":5}""", "text", "wrong-type"),
                ($$"""{"text":"{{new string('a', 2001)}}"}""", "text", "maximum-length"),
                ("""{"text":"a","visibility":"PUBLIC"}""", "visibility", "wrong-type"),
                ("""{"text":"a","id":"1"}""", "id", "unknown-member"),
            }
        )
        {
            var answer = await office.Installer.SendAsync("POST", path, body);
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
            answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        }
        foreach (var (query, field) in ((string, string)[])[("limit=0", "limit"), ("cursor=nonsense", "cursor")])
        {
            (await office.Installer.SendAsync("GET", $"{path}?{query}"))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
                .WrongFields.ShouldBe([field]);
        }
        (await ListAsync(office.Installer, offer)).ShouldBeEmpty();
        (await AddAsync(office.Installer, offer, new { text = new string('ü', 2000) })).Id.ShouldNotBe(Guid.Empty);
    }

    private static Task<Answer> AddAsync(HttpClient client, Answer offer, object body) =>
        client.PostAsync($"/loan-offers/{offer.Id}/comments", body, HttpStatusCode.Created);

    private static async Task<List<string>> ListAsync(HttpClient client, Answer offer) =>
        [
            .. (await client.GetAsync($"/loan-offers/{offer.Id}/comments", HttpStatusCode.OK))
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetRawText()),
        ];
}
