using System.Net;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Running;

/// <summary>Where the host runs does not change what a request means, nor what an answer says.</summary>
public sealed class CultureTests(HostFixture host)
{
    [Fact]
    public async Task On_a_German_machine_numbers_dates_and_texts_are_the_same_as_elsewhere()
    {
        var world = new World(host);
        var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var offerId = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        var key = host.App.Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value.SigningKeys.Single();
        // On the same database, with the same key, so that data and tokens of this process are good there.
        await using var lending = LendingProcess.Start(
            [],
            ("LC_ALL", "de_DE.UTF-8"),
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Lending", host.ConnectionString),
            ("PublicUrl", "http://localhost"),
            ("Mail__Host", "mail.example"),
            ("Mail__PollSeconds", "3600"),
            ($"Jwt__SigningKeys__{key.Key}", key.Value)
        );
        using var german = await lending.NewClientAsync();
        german.DefaultRequestHeaders.Authorization = installer.DefaultRequestHeaders.Authorization;

        foreach (var query in (string[])["amountFrom=17999.5", "amountTo=18000.5", "createdFrom=2020-02-01", "limit=1"])
        {
            var offers = await german.GetAsync($"/loan-offers?{query}", HttpStatusCode.OK);
            offers.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(offerId, query);
        }
        (await german.GetAsync("/loan-offers?amountFrom=18000.5", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        foreach (var query in (string[])["amountFrom=1,5", "createdFrom=01.02.2020", "limit=0"])
        {
            await ShouldBeWrongEverywhereAsync(query.Split('=')[0], client => client.SendAsync("GET", $"/loan-offers?{query}"));
        }
        // The text of this failure holds the number.
        object dear = new
        {
            loanAmount = 18000,
            annualRatePercent = 99.5,
            termMonths = 120,
        };
        await ShouldBeWrongEverywhereAsync("annualRatePercent", client => client.SendAsync("POST", "/loan-offers/quote", dear));

        async Task ShouldBeWrongEverywhereAsync(string field, Func<HttpClient, Task<Answer>> call)
        {
            var (here, there) = (await call(installer), await call(german));
            here.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
            there.Json.GetProperty("errors").ToString().ShouldBe(here.Json.GetProperty("errors").ToString());
        }
    }
}
