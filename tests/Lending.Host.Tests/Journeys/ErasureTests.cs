using System.Net;
using System.Text;
using Lending.Host.Tests.Privacy;
using Lending.Platform.Privacy;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Journeys;

/// <summary>What is left of an erased customer, over all modules.</summary>
public sealed class ErasureTests(HostFixture host)
{
    private readonly World world = new(host);

    private static int BerlinYear =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Year;

    [Fact]
    public async Task Nothing_of_the_person_is_left_in_any_column_of_the_database()
    {
        var person = await PersonAsync();
        await person.Installer.PostAsync($"/loan-offers/{person.OfferId}/link", null, HttpStatusCode.Accepted);
        var consent = new { purpose = "newsletter", textVersion = "2026-03" };
        var consentId = (await person.Customer.PostAsync($"/customers/{person.Id}/consents", consent, HttpStatusCode.Created)).Id;
        var before = await ColumnsWithAsync(person.Values);
        before.Count.ShouldBeGreaterThan(5, "before, they stand in many");
        before.ShouldContain("customers.customers.phone_number", "what is encrypted is looked through, too");

        var erased = await person.Administrator.PostAsync($"/customers/{person.Id}/erase", null, HttpStatusCode.OK);

        erased.Json.GetProperty("kept").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(consentId);
        (await ColumnsWithAsync(person.Values)).ShouldBeEmpty();
        // Also where a value could not be read, its row would be found by the id.
        var withId = await ColumnsWithAsync([person.Id.ToString()]);
        withId
            .Where(column => !column.StartsWith("audit.", StringComparison.Ordinal))
            .ShouldBe(
                ["customers.erasures.customer_id", "customers.consents.customer_id", "loans.outbox_messages.payload"],
                ignoreOrder: true
            );
        withId.ShouldContain("audit.entries.customer_id", "what was done to whom is told by ids, and stays");
        (await person.Administrator.SendAsync("GET", $"/customers/{person.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await person.Installer.SendAsync("GET", $"/loan-offers/{person.OfferId}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        // The account is gone; an instance that has heard of it by now does not even take the token.
        (await person.Customer.SendAsync("GET", "/users/me")).Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized);
        var again = await person.Administrator.PostAsync($"/customers/{person.Id}/erase", null, HttpStatusCode.OK);
        again.Text.ShouldBe(erased.Text);
        (await person.Administrator.GetAsync($"/customers/{person.Id}/erasure", HttpStatusCode.OK)).Text.ShouldBe(erased.Text);
    }

    [Fact]
    public async Task A_customer_who_has_a_loan_is_not_erased_and_what_they_signed_is_kept_for_six_years()
    {
        var person = await PersonAsync();
        var other = await World.CreateOfferAsync(person.Installer, person.Id);
        await AcceptAsync(person);

        (await person.Administrator.SendAsync("POST", $"/customers/{person.Id}/erase")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "loan-runs"
        );
        (await person.Administrator.GetAsync($"/customers/{person.Id}", HttpStatusCode.OK))["email"].ShouldBe(person.Email);

        await person.Customer.PostAsync($"/loan-offers/{person.OfferId}/withdraw", null, HttpStatusCode.OK);
        var erased = await person.Administrator.PostAsync($"/customers/{person.Id}/erase", null, HttpStatusCode.OK);

        var kept = erased.Json.GetProperty("kept").EnumerateArray().ShouldHaveSingleItem();
        kept.GetProperty("id").GetGuid().ShouldBe(person.OfferId);
        kept.GetProperty("reason").GetString().ShouldBe("§ 257 HGB, § 147 AO");
        kept.GetProperty("until").GetString().ShouldBe($"{BerlinYear + 6}-12-31");
        await person.Installer.GetAsync($"/loan-offers/{person.OfferId}/acceptance", HttpStatusCode.OK);
        (await person.Installer.SendAsync("GET", $"/loan-offers/{other}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        var username = person.Values[^2];
        (await ColumnsWithAsync([person.Phone, person.Comment, username])).ShouldBeEmpty("only what was signed is kept");
        (await ColumnsWithAsync([person.Email])).ShouldBe(
            ["loans.offers.customer_email", "loans.offer_acceptances.content"],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Nothing_is_left_in_an_offer_that_became_another_customers()
    {
        var person = await PersonAsync(approve: false);
        var other = await World.CreateCustomerAsync(person.Installer);
        await person.Installer.ExpectAsync("PATCH", $"/loan-offers/{person.OfferId}", new { customerId = other }, HttpStatusCode.OK);
        (await person.Administrator.SendAsync("DELETE", $"/customers/{person.Id}")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "customer-has-offers"
        );

        await person.Administrator.PostAsync($"/customers/{person.Id}/erase", null, HttpStatusCode.OK);

        (await ColumnsWithAsync(person.Values)).ShouldBeEmpty();
        await person.Installer.GetAsync($"/loan-offers/{person.OfferId}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_withdraws_after_the_payout_owes_it_and_is_not_erased()
    {
        var person = await PersonAsync();
        await AcceptAsync(person);
        await host.Administrator.ExpectAsync(
            "PATCH",
            $"/organizations/{person.OrganizationId}",
            new { allowPayoutBeforeWithdrawalEnds = true },
            HttpStatusCode.OK
        );
        var offer = await person.Installer.GetAsync($"/loan-offers/{person.OfferId}", HttpStatusCode.OK);
        await person.Administrator.PostAsync($"/loan-offers/{person.OfferId}/disburse", World.Decision(offer), HttpStatusCode.OK);
        await person.Customer.PostAsync($"/loan-offers/{person.OfferId}/withdraw", null, HttpStatusCode.OK);

        (await person.Administrator.SendAsync("POST", $"/customers/{person.Id}/erase")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "loan-runs"
        );
    }

    [Fact]
    public async Task Of_an_acceptance_and_an_erasure_at_the_same_time_one_comes_first()
    {
        for (var round = 0; round < 4; round++)
        {
            var person = await PersonAsync();
            var acceptance = await AcceptanceAsync(person);
            var answers = await Task.WhenAll(
                person.Customer.SendAsync("POST", $"/loan-offers/{person.OfferId}/accept", acceptance),
                person.Administrator.SendAsync("POST", $"/customers/{person.Id}/erase")
            );

            var isAccepted = answers[0].Status == HttpStatusCode.OK;
            answers[1].Status.ShouldBe(isAccepted ? HttpStatusCode.Conflict : HttpStatusCode.OK);
            (await person.Installer.SendAsync("GET", $"/loan-offers/{person.OfferId}")).Status.ShouldBe(
                isAccepted ? HttpStatusCode.OK : HttpStatusCode.NotFound
            );
        }
    }

    private sealed record Person(
        Guid OrganizationId,
        Guid Id,
        Guid OfferId,
        HttpClient Installer,
        HttpClient Administrator,
        HttpClient Customer,
        string Email,
        string Phone,
        string Comment,
        string[] Values
    );

    /// <summary>A customer whom nobody else is called like, with an account, messages and an approved offer.</summary>
    private async Task<Person> PersonAsync(bool approve = true)
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var (first, last, street, email) = ($"Ada{Unique.Text()}", $"Berg{Unique.Text()}", $"Weg{Unique.Text()}", Unique.Email());
        var phone = $"+4930{Random.Shared.NextInt64(10_000_000, 99_999_999)}";
        var body = new
        {
            firstName = first,
            lastName = last,
            email,
            phoneNumber = phone,
            addressLine1 = street,
            city = "Berlin",
            postalCode = "12045",
            country = "DE",
        };
        var id = (await installer.PostAsync("/customers", body, HttpStatusCode.Created)).Id;
        var customer = await world.ActivateCustomerAsync(installer, id);
        var username = (await customer.GetAsync("/users/me", HttpStatusCode.OK))["username"]!;
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(id), HttpStatusCode.Created);
        var comment = $"The roof of {Unique.Text()}";
        await customer.PostAsync(
            $"/loan-offers/{offer.Id}/comments",
            new { text = comment, visibility = "CUSTOMER" },
            HttpStatusCode.Created
        );
        await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        if (approve)
        {
            await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer, comment), HttpStatusCode.OK);
        }
        return new(
            organizationId,
            id,
            offer.Id,
            installer,
            administrator,
            customer,
            email,
            phone,
            comment,
            [first, last, street, email, phone, username, comment]
        );
    }

    private static async Task<object> AcceptanceAsync(Person person) =>
        World.Acceptance(await person.Customer.GetAsync($"/loan-offers/{person.OfferId}", HttpStatusCode.OK));

    private static async Task AcceptAsync(Person person) =>
        await person.Customer.PostAsync($"/loan-offers/{person.OfferId}/accept", await AcceptanceAsync(person), HttpStatusCode.OK);

    /// <summary>
    /// The columns of all schemas in which one of these values stands, whole or as a part, as text or as the bytes of it. It has looked into everything that
    /// is classified as personal.
    /// </summary>
    private async Task<List<string>> ColumnsWithAsync(string[] values)
    {
        await using var dataSource = NpgsqlDataSource.Create(host.ConnectionString);
        var searched = new Dictionary<string, string>(StringComparer.Ordinal);
        var statements = new List<string>();
        await using (
            var command = dataSource.CreateCommand(
                """
                SELECT format('%I.%I', table_schema, table_name), format('%I', column_name), data_type FROM information_schema.columns
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
                """
            )
        )
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var (table, column, type) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
                searched.Add($"{table}.{column.Trim('"')}", type);
                var found = type == "bytea" ? $"encode({column}, 'hex') LIKE ANY ($2)" : $"{column}::text ILIKE ANY ($1)";
                statements.Add($"SELECT '{table}.{column}' WHERE EXISTS (SELECT FROM {table} WHERE {found})");
            }
        }
        ((string[])["text", "character varying", "json", "jsonb", "ARRAY", "bytea"]).Except(searched.Values).ShouldBeEmpty();
        var personal = (await ModelColumn.OfAllModulesAsync(host.App.Services))
            .Where(column => column.Classification == Classifications.Personal)
            .Select(column => column.ToString())
            .ToList();
        personal.Count.ShouldBeGreaterThan(40);
        personal.Except(searched.Keys).ShouldBeEmpty("what is personal has to be looked into");
        await using var search = dataSource.CreateCommand(string.Join(" UNION ALL ", statements));
        search.Parameters.AddWithValue(values.Select(value => $"%{value}%").ToArray());
        search.Parameters.AddWithValue(values.Select(value => $"%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))}%").ToArray());
        await using var rows = await search.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }
        // What is encrypted is only looked through once it is decrypted.
        var encrypted = await host.App.Services.ReadEncryptedAsync();
        names.AddRange(
            encrypted
                .Where(text => values.Any(value => text.Text.Contains(value, StringComparison.OrdinalIgnoreCase)))
                .Select(text => $"{text.Table}.{text.Column}")
                .Distinct()
        );
        return names;
    }
}
