using Lending.Disclosures.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Disclosures.Tests.Disclosures;

/// <summary>What pages of another module show of the forms.</summary>
public sealed class GivenFormTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task The_form_that_was_given_last_of_this_very_version_is_shown()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        (await IsGivenAsync(office, credit)).ShouldBeFalse();
        (await ReadAsync(office, credit)).ShouldBeNull();

        await office.IssueAsync(credit, language: "en");
        var last = await office.IssueAsync(credit, language: "de");

        (await IsGivenAsync(office, credit)).ShouldBeTrue();
        var form = (await ReadAsync(office, credit)).ShouldNotBeNull();
        form.Language.ShouldBe("de");
        form.Html.ShouldContain(last["formHash"]!);
        (await ReadAsync(office, credit with { DocumentHash = new string('a', 64) })).ShouldBeNull();
    }

    [Fact]
    public async Task Another_organisation_finds_none()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        await office.IssueAsync(credit);
        var stranger = new Office(fixture);

        (await IsGivenAsync(stranger, credit)).ShouldBeFalse();
        (await ReadAsync(stranger, credit)).ShouldBeNull();
    }

    [Fact]
    public async Task The_receipt_of_the_acceptance_names_the_last_form_and_everybody_who_has_its_hash_can_check_it()
    {
        await office.SetAsync("CCD2");
        var credit = office.Offer();
        await office.IssueAsync(credit);
        var last = await office.IssueAsync(credit);
        Task<GivenInformation?> FindAsync(string documentHash) =>
            office.BehindTheApiAsync<IGivenInformation, GivenInformation?>(information =>
                information.FindAsync(credit.OfferId, documentHash, TestContext.Current.CancellationToken)
            );

        (await FindAsync(credit.DocumentHash)).ShouldNotBeNull().Hash.ShouldBe(last["formHash"]);
        (await FindAsync(new string('a', 64))).ShouldBeNull();
        office.LoseMailOf(await office.IssueAsync(credit, "EMAIL"));
        (await FindAsync(credit.DocumentHash)).ShouldNotBeNull().Hash.ShouldBe(last["formHash"], "the later one has not arrived");
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var issuer = scope.ServiceProvider.GetRequiredService<IIssuedDocuments>();
        var found = await issuer.FindAsync(Convert.FromHexString(last["formHash"]!), TestContext.Current.CancellationToken);
        found.ShouldNotBeNull().Kind.ShouldBe(IssuedDocumentKind.PreContractualInformation);
        (await issuer.FindAsync(new byte[32], TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task On_their_pages_customers_find_what_they_were_given_and_nothing_of_others()
    {
        await office.SetAsync();
        var given = await office.IssueAsync(office.Offer());
        async Task<(IReadOnlyList<ListedForm> Listed, GivenForm? Form)> SeenByAsync(Guid customerId)
        {
            await using var scope = fixture.Host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActFor(office.Id, MailedLink.Bearer, customerId);
            var forms = scope.ServiceProvider.GetRequiredService<IGivenForms>();
            var listed = await forms.ListAsync(TestContext.Current.CancellationToken);
            return (listed, await forms.ReadAsync(given.Id, TestContext.Current.CancellationToken));
        }

        var own = await SeenByAsync(office.Customer.Id);
        var others = await SeenByAsync(Unique.Id());

        own.Listed.ShouldHaveSingleItem().Id.ShouldBe(given.Id);
        own.Form.ShouldNotBeNull().Html.ShouldContain(given["formHash"]!);
        others.Listed.ShouldBeEmpty();
        others.Form.ShouldBeNull();
    }

    private static Task<bool> IsGivenAsync(Office who, OfferedCredit credit) =>
        who.BehindTheApiAsync<IGivenForms, bool>(forms =>
            forms.IsGivenAsync(credit.OfferId, credit.DocumentHash, TestContext.Current.CancellationToken)
        );

    private static Task<GivenForm?> ReadAsync(Office who, OfferedCredit credit) =>
        who.BehindTheApiAsync<IGivenForms, GivenForm?>(forms =>
            forms.ReadAsync(credit.OfferId, credit.DocumentHash, TestContext.Current.CancellationToken)
        );
}
