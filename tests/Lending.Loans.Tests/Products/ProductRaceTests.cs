using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Products;

/// <summary>Several writers of one product at once, against the real database. Repeated, as a race need not happen each time.</summary>
public sealed class ProductRaceTests(LoansFixture fixture)
{
    private const int Rounds = 10;

    private readonly Office office = new(fixture);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_changes_of_one_version_one_wins_and_numbers_have_no_gaps(bool ifMatch)
    {
        var product = await office.ProductAsync();
        var path = $"{Catalogue.Path}/{product.Id}";
        var accepted = 1;
        for (var round = 0; round < Rounds; round++)
        {
            var etag = (await office.Installer.GetAsync(path, HttpStatusCode.OK)).ETag;

            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(writer =>
                        office.Administrator.SendAsync(
                            "PATCH",
                            path,
                            $$"""{"amountTo":{{10_000 + round * 10 + writer}}}""",
                            ifMatch ? etag : null
                        )
                    )
            );

            var won = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
            won.ShouldNotBeEmpty();
            if (ifMatch)
            {
                won.Count.ShouldBe(1);
            }
            foreach (var loser in answers.Except(won))
            {
                loser.Status.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed);
                loser.Code.ShouldBeOneOf("concurrent-change", "precondition-failed");
            }
            accepted += won.Count;
        }

        var versions = await office.Installer.GetAsync($"{path}/versions", HttpStatusCode.OK);
        versions
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(version => version.GetProperty("version").GetInt32())
            .ShouldBe(Enumerable.Range(1, accepted).Reverse());
        (await office.Installer.GetAsync(path, HttpStatusCode.OK))["version"].ShouldBe($"{accepted}");
    }

    [Fact]
    public async Task Of_many_who_change_and_delete_at_once_nobody_is_told_of_an_internal_error()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var path = $"{Catalogue.Path}/{(await office.ProductAsync()).Id}";

            var answers = await Task.WhenAll(
                office.Administrator.SendAsync("PATCH", path, """{"amountTo":10000}"""),
                office.Administrator.SendAsync("DELETE", path),
                office.Administrator.SendAsync("PATCH", path, """{"retired":true}"""),
                office.Administrator.SendAsync("DELETE", path),
                office.Administrator.SendAsync("PATCH", path, """{"amountTo":20000}""")
            );

            foreach (var answer in answers)
            {
                answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
            }
            answers.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public async Task Of_several_products_of_one_name_one_is_made()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"Race {Unique.Text()}";

            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ => office.Administrator.SendAsync("POST", Catalogue.Path, Catalogue.Solar().With("name", name)))
            );

            answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
            answers.Count(answer => answer.Status == HttpStatusCode.Conflict && answer.Code == "product-name-taken").ShouldBe(3);
        }
    }
}
