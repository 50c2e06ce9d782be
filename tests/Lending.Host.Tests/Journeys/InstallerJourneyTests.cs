using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>The business flow across all three modules.</summary>
public sealed class InstallerJourneyTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task From_a_new_organisation_to_a_disbursed_offer_that_its_customer_reads()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        offer["customer.fullName"].ShouldBe("Jürgen Groß");
        offer["status"].ShouldBe("PENDING");

        var customer = await world.ActivateCustomerAsync(installer, customerId);
        (await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["monthlyPayment"].ShouldBe(offer["monthlyPayment"]);
        (await customer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK))
            .Json.GetProperty("rows")
            .GetArrayLength()
            .ShouldBe(120);

        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer, "Income checked"), HttpStatusCode.OK);
        var read = await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", World.Acceptance(read), HttpStatusCode.OK);
        var accepted = await installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK);
        accepted["content.customerAddress"].ShouldBe("Sonnenallee 12\n12045 Berlin\nDE");
        accepted["documentHash"].ShouldBe(read["documentHash"]);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        object payout = World.Decision(offer, "Plant is running");
        (await administrator.SendAsync("POST", $"/loan-offers/{offer.Id}/disburse", payout)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "withdrawal-period-open"
        );
        await host.Administrator.ExpectAsync(
            "PATCH",
            $"/organizations/{organizationId}",
            new { allowPayoutBeforeWithdrawalEnds = true },
            HttpStatusCode.OK
        );
        await administrator.PostAsync($"/loan-offers/{offer.Id}/disburse", payout, HttpStatusCode.OK);

        var history = await customer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
        history
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(step => step.GetProperty("to").GetString())
            .ShouldBe(["PENDING", "APPROVED", "ACCEPTED", "DISBURSED"]);
    }

    [Fact]
    public async Task Tiers_hold_from_their_confirmation_on_and_at_once()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var installer = await world.CreateInstallerAsync(organizationId);
        var customerId = await World.CreateCustomerAsync(installer);
        await ShouldApproveAsync(null);
        var path = $"/organizations/{organizationId}/approval-tiers";
        var tiers = """{"tiers":[{"amountUpTo":null,"approver":"second-person"}]}""";

        var change = await administrator.ExpectAsync("PUT", path, tiers, HttpStatusCode.Accepted);
        await ShouldApproveAsync(null);
        await host.Administrator.PostAsync($"{path}/changes/{change.Id}/confirmation", null, HttpStatusCode.OK);

        await ShouldApproveAsync("second-person-required");

        async Task ShouldApproveAsync(string? refusal)
        {
            var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
            var answer = await installer.SendAsync("POST", $"/loan-offers/{offer.Id}/approve", World.Decision(offer));
            answer.Status.ShouldBe(refusal is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Text);
            if (refusal is not null)
            {
                answer.Code.ShouldBe(refusal);
            }
        }
    }

    [Fact]
    public async Task An_email_that_changes_ends_the_link_at_once()
    {
        var installer = await NewInstallerAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        var path = $"/loan-offers/{offer.Id}";
        await installer.PostAsync($"{path}/approve", World.Decision(offer), HttpStatusCode.OK);
        object opening = new { token = (await installer.PostAsync($"{path}/link", null, HttpStatusCode.Accepted))["token"] };
        await host.Anonymous.PostAsync($"{path}/link/open", opening, HttpStatusCode.OK);

        await installer.ExpectAsync("PATCH", $"/customers/{customerId}", new { email = Unique.Email() }, HttpStatusCode.OK);

        (await host.Anonymous.SendAsync("POST", $"{path}/link/open", opening)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
    }

    [Fact]
    public async Task A_customer_sees_nothing_but_their_own_profile_and_offers()
    {
        var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var mine = await World.CreateCustomerAsync(installer);
        var myOffer = await World.CreateOfferAsync(installer, mine);
        var theirs = await World.CreateCustomerAsync(installer);
        await World.CreateOfferAsync(installer, theirs);

        var customer = await world.ActivateCustomerAsync(installer, mine);

        Ids(await customer.GetAsync("/customers?includeTotal=true", HttpStatusCode.OK)).ShouldBe([mine]);
        Ids(await customer.GetAsync("/loan-offers?includeTotal=true", HttpStatusCode.OK)).ShouldBe([myOffer]);
        Ids(await customer.GetAsync($"/loan-offers?customerId={theirs}", HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_sees_nothing_of_another()
    {
        var ours = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var others = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var customerId = await World.CreateCustomerAsync(others);
        await World.CreateOfferAsync(others, customerId);

        Ids(await ours.GetAsync("/customers", HttpStatusCode.OK)).ShouldBeEmpty();
        Ids(await ours.GetAsync("/loan-offers", HttpStatusCode.OK)).ShouldBeEmpty();
        (await ours.SendAsync("POST", "/loan-offers", World.NewOffer(customerId)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-customer")
            .WrongFields.ShouldBe(["customerId"]);
    }

    [Theory]
    [InlineData("/customers?installerId={user}")]
    [InlineData("/customers?createdBy={user}")]
    [InlineData("/customers?cursor={cursor}")]
    [InlineData("/loan-offers?customerId={customer}")]
    [InlineData("/loan-offers?createdBy={user}")]
    [InlineData("/loan-offers?cursor={cursor}")]
    [InlineData("/notifications?customerId={customer}")]
    [InlineData("/notifications?cursor={cursor}")]
    [InlineData("/users?customerId={customer}")]
    [InlineData("/users?cursor={cursor}")]
    public async Task Ids_and_cursors_of_another_organisation_find_nothing_of_it(string query)
    {
        var ours = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
        var theirs = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
        var customerId = Guid.Empty;
        for (var number = 0; number < 2; number++)
        {
            customerId = await World.CreateCustomerAsync(theirs);
            await World.CreateOfferAsync(theirs, customerId);
            await theirs.PostAsync($"/customers/{customerId}/invitation", null, HttpStatusCode.Accepted);
        }
        var user = await theirs.GetAsync("/users/me", HttpStatusCode.OK);
        var newest = await theirs.GetAsync($"{query.Split('?')[0]}?limit=1", HttpStatusCode.OK);
        var path = query
            .Replace("{customer}", $"{customerId}", StringComparison.Ordinal)
            .Replace("{user}", user["id"], StringComparison.Ordinal)
            .Replace("{cursor}", newest["nextCursor"], StringComparison.Ordinal);
        var found = Ids(await theirs.GetAsync(path, HttpStatusCode.OK));

        found.ShouldNotBeEmpty();
        Ids(await ours.GetAsync(path, HttpStatusCode.OK)).Intersect(found).ShouldBeEmpty();
    }

    [Fact]
    public async Task Administrators_give_a_customer_to_an_installer_of_their_organisation_and_of_no_other()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var colleague = await (await world.CreateInstallerAsync(organizationId)).GetAsync("/users/me", HttpStatusCode.OK);
        var stranger = await (await NewInstallerAsync()).GetAsync("/users/me", HttpStatusCode.OK);
        var path = $"/customers/{await World.CreateCustomerAsync(administrator)}/installer";

        (await administrator.PostAsync(path, new { installerId = colleague.Id }, HttpStatusCode.OK))["installerId"]
            .ShouldBe(colleague["id"]);
        (await administrator.SendAsync("POST", path, new { installerId = stranger.Id }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["installerId"]);
    }

    [Fact]
    public async Task Two_organisations_may_have_a_customer_of_one_email()
    {
        var email = Unique.Email();
        foreach (var installer in new[] { await NewInstallerAsync(), await NewInstallerAsync() })
        {
            await installer.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
            (await installer.SendAsync("POST", "/customers", World.NewCustomer(email.ToUpperInvariant()))).Status.ShouldBe(
                HttpStatusCode.Conflict
            );
        }
    }

    [Fact]
    public async Task A_customer_with_an_offer_cannot_be_deleted_until_the_offer_is()
    {
        var installer = await NewInstallerAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);

        (await installer.SendAsync("DELETE", $"/customers/{customerId}")).ShouldBeProblem(HttpStatusCode.Conflict, "customer-has-offers");

        await installer.ExpectAsync("DELETE", $"/loan-offers/{offerId}", null, HttpStatusCode.NoContent);
        await installer.ExpectAsync("DELETE", $"/customers/{customerId}", null, HttpStatusCode.NoContent);
        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deletion_and_a_new_offer_at_once_never_leave_an_offer_without_its_customer()
    {
        var installer = await NewInstallerAsync();
        for (var round = 0; round < 10; round++)
        {
            var customerId = await World.CreateCustomerAsync(installer);

            var deletion = installer.SendAsync("DELETE", $"/customers/{customerId}");
            var creation = installer.SendAsync("POST", "/loan-offers", World.NewOffer(customerId));
            await Task.WhenAll(deletion, creation);

            var deleted = (await deletion).Status == HttpStatusCode.NoContent;
            (await deletion).Status.ShouldBe(deleted ? HttpStatusCode.NoContent : HttpStatusCode.Conflict);
            (await creation).Status.ShouldBe(deleted ? HttpStatusCode.BadRequest : HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task A_deleted_customer_can_neither_log_in_nor_use_an_earlier_token_to_see_anything()
    {
        var installer = await NewInstallerAsync();
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);

        await installer.ExpectAsync("DELETE", $"/customers/{customerId}", null, HttpStatusCode.NoContent);

        Ids(await customer.GetAsync("/customers", HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_up_as_a_customer_makes_account_and_profile_together()
    {
        var username = Unique.Username();
        var email = Unique.Email();
        await host.Anonymous.PostAsync("/auth/register-customer", SignUp(username, email), HttpStatusCode.Created);
        var customer = await host.LogInAsync(username, World.Password);
        var own = await customer.GetAsync("/customers", HttpStatusCode.OK);
        own.Json.GetProperty("items")
            .EnumerateArray()
            .Single()
            .GetProperty("createdBy")
            .GetProperty("username")
            .GetString()
            .ShouldBe(username);

        // The user name is taken, so neither row may come into being: the e-mail stays free.
        var other = Unique.Email();
        (await host.Anonymous.SendAsync("POST", "/auth/register-customer", SignUp(username, other))).Status.ShouldBe(
            HttpStatusCode.Conflict
        );
        await host.Anonymous.PostAsync("/auth/register-customer", SignUp(Unique.Username(), other), HttpStatusCode.Created);
    }

    private async Task<HttpClient> NewInstallerAsync() => await world.CreateInstallerAsync(await world.CreateOrganizationAsync());

    private static object SignUp(string username, string email) =>
        new
        {
            username,
            password = World.Password,
            passwordConfirm = World.Password,
            firstName = "Ελένη",
            lastName = "Παπαδοπούλου",
            email,
            phoneNumber = "+30 210 3214567",
            addressLine1 = "Οδός Ερμού 1",
            city = "Αθήνα",
            postalCode = "10563",
            country = "GR",
        };

    private static Guid[] Ids(Answer list) =>
        [.. list.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
