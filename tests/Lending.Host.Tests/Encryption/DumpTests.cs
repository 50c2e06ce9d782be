using System.Diagnostics;
using System.Net;
using System.Text;
using Lending.EmbeddedPostgres;
using Lending.Testing;
using Npgsql;
using OtpNet;

namespace Lending.Host.Tests.Encryption;

/// <summary>Who gets hold of a copy of the database does not read in it what is stored encrypted.</summary>
public sealed class DumpTests
{
    [Fact]
    public async Task A_dump_after_a_journey_holds_none_of_the_encrypted_values()
    {
        // A database of its own, which nobody else writes into.
        await using var host = new HostFixture();
        await host.InitializeAsync();
        var world = new World(host);
        var organizationId = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organizationId);
        var (phone, line1, line2) = ("+4971159273648", "Geheimweg 4711", "Hinterhaus 0815");
        var body = new
        {
            firstName = "Wilhelmine",
            lastName = "Sichtbar",
            email = "wilhelmine@example.org",
            phoneNumber = phone,
            addressLine1 = line1,
            addressLine2 = line2,
            city = "Ulm",
            postalCode = "89073",
            country = "DE",
        };
        // With a key, so that the answer is kept.
        var id = (await installer.SendAsync("POST", "/customers", body, idempotencyKey: Unique.Text())).Id;
        using var customer = await world.ActivateCustomerAsync(installer, id);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(id), HttpStatusCode.Created);
        // Seen and then changed, so that there is an earlier version.
        await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        offer = await installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", new { termMonths = 96 }, HttpStatusCode.OK);
        offer = await installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
        offer = await customer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", World.Acceptance(offer), HttpStatusCode.OK);
        const string Evidence = "Lohnzettel 4711";
        var application = await installer.PostAsync("/applications", new { customerId = id }, HttpStatusCode.Created);
        var proved = new { first = new { netIncome = new { amount = 3_000, evidence = Evidence } } };
        await installer.ExpectAsync("PATCH", $"/applications/{application.Id}", proved, HttpStatusCode.OK);
        var secret = (await installer.PostAsync("/users/me/totp", null, HttpStatusCode.OK))["secret"]!;
        // What the values would look like there: as text, in bytes, in JSON.
        string[] encrypted = [phone, line1, line2, "customerAddress", Evidence, "masterKey", secret];

        var dump = await DumpAsync(host.ConnectionString);

        foreach (var value in encrypted)
        {
            (value, IsIn(dump, value)).ShouldBe((value, false));
        }
        IsIn(dump, Convert.ToHexStringLower(Base32Encoding.ToBytes(secret))).ShouldBeFalse();
        // It finds what is there: what the search for names needs, the city, the e-mail of the account, and what bytes would look like.
        foreach (var value in (string[])["Wilhelmine", "Sichtbar", "Ulm", "wilhelmine@example.org"])
        {
            (value, IsIn(dump, value)).ShouldBe((value, true));
        }
        IsIn(dump, "\u0001\u0005first").ShouldBeTrue("a key's name stands at the beginning of each value");
        var texts = await host.App.Services.ReadEncryptedAsync();
        foreach (var value in encrypted)
        {
            texts.ShouldContain(text => text.Text.Contains(value, StringComparison.Ordinal), value);
        }
        texts
            .Select(text => $"{text.Table}.{text.Column}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "applications.applications.content",
                "customers.customers.address_line1",
                "customers.customers.address_line2",
                "customers.customers.email",
                "customers.customers.phone_number",
                "identity.data_protection_keys.xml",
                "identity.totp_authenticators.secret",
                "loans.offer_acceptances.content",
                "loans.offer_versions.content",
                "loans.offers.customer_postal_address",
                "platform.kept_answers.answer",
            ]);
    }

    // A dump writes bytes in hexadecimal digits.
    private static bool IsIn(string dump, string value) =>
        dump.Contains(value, StringComparison.OrdinalIgnoreCase)
        || dump.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(value)), StringComparison.OrdinalIgnoreCase);

    private static async Task<string> DumpAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var programs = await PostgresBinaries.FindAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(PostgresBinaries.PathOf(programs, "pg_dump"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                ["--host", server.Host!, "--port", $"{server.Port}", "--username", server.Username!, "--no-password", server.Database!]
        )
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var dump = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        dump.ShouldContain("COPY customers.customers");
        return dump;
    }
}
