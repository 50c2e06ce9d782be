using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests;

/// <summary>Organisations, people, customers and offers, made through the API as their users would.</summary>
internal sealed class World(HostFixture host)
{
    public const string Password = LendingProcess.AdministratorPassword;

    /// <summary>The platform's own organisation.</summary>
    public static readonly Guid DefaultOrganizationId = new("01900000-0000-7000-8000-000000000001");

    private static readonly byte[] OnePixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    public static object NewCustomer(string? email = null, string addressLine1 = "Sonnenallee 12") =>
        new
        {
            firstName = "Jürgen",
            lastName = "Groß",
            email = email ?? Unique.Email(),
            // Who shares it with many is taken for a fraud.
            phoneNumber = $"+49 30 {RandomNumberGenerator.GetInt32(10_000_000, 100_000_000)}",
            addressLine1,
            city = "Berlin",
            postalCode = "12045",
            country = "DE",
        };

    /// <summary>A customer who signs up without an installer.</summary>
    public static object NewRegistration() =>
        new
        {
            username = Unique.Username(),
            password = Password,
            passwordConfirm = Password,
            firstName = "Łucja",
            lastName = "Nowak",
            email = Unique.Email(),
            phoneNumber = "+48 22 444 12 34",
            addressLine1 = "ulica Słoneczna 5",
            city = "Warszawa",
            postalCode = "00-001",
            country = "PL",
        };

    public static object NewOffer(Guid customerId) =>
        new
        {
            customerId,
            loanAmount = 18000,
            annualRatePercent = 4.9,
            termMonths = 120,
        };

    /// <summary>What staff send to approve an offer as it was answered, or to pay it out.</summary>
    public static object Decision(Answer offer, string? comment = null) =>
        new
        {
            comment,
            version = offer.Json.GetProperty("version").GetInt32(),
            documentHash = offer["documentHash"],
        };

    /// <summary>What a customer sends to accept an offer as it was answered: logged in, or with a link; with a code where one is wanted.</summary>
    public static object Acceptance(Answer offer, string? linkToken = null, string? code = null, string? codeSession = null) =>
        new
        {
            typedName = offer["customer.fullName"],
            version = offer.Json.GetProperty("version").GetInt32(),
            documentHash = offer["documentHash"],
            linkToken,
            code,
            codeSession,
        };

    public static object NewProduct(bool isPublic = false) =>
        new
        {
            name = $"Solar {Unique.Text()}",
            isPublic,
            currency = "EUR",
            amountFrom = 1000,
            amountTo = 60000,
            termMonthsFrom = 12,
            termMonthsTo = 180,
            rateBands = new[] { new { annualRatePercent = 4.9 } },
        };

    public async Task<Guid> CreateOrganizationAsync() =>
        (
            await host.Administrator.PostAsync(
                "/organizations",
                new
                {
                    name = $"Solar {Unique.Text()}",
                    country = "DE",
                    currency = "EUR",
                    timeZone = "Europe/Berlin",
                },
                HttpStatusCode.Created
            )
        ).Id;

    public Task<HttpClient> CreateInstallerAsync(Guid organizationId) => CreateStaffAsync(organizationId, "installers");

    public Task<HttpClient> CreateAdministratorAsync(Guid organizationId) => CreateStaffAsync(organizationId, "administrators");

    public Task<HttpClient> CreateUnderwriterAsync(Guid organizationId) => CreateStaffAsync(organizationId, "underwriters");

    private async Task<HttpClient> CreateStaffAsync(Guid organizationId, string role)
    {
        var invited = await host.Administrator.PostAsync(
            $"/users/{role}",
            new
            {
                username = Unique.Username("staff"),
                email = Unique.Email(),
                organizationId,
            },
            HttpStatusCode.Created
        );
        return await AcceptInvitationAsync(invited["token"]!);
    }

    /// <summary>A client with an API key of the administrator's organisation.</summary>
    public async Task<HttpClient> CreateKeyAsync(HttpClient administrator, string[] scopes, string mode = "live")
    {
        var body = new
        {
            name = "Key",
            mode,
            scopes,
        };
        var key = await administrator.PostAsync("/api-keys", body, HttpStatusCode.Created);
        var client = host.NewClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", key["key"]);
        return client;
    }

    public static async Task<Guid> CreateCustomerAsync(HttpClient installer) =>
        (await installer.PostAsync("/customers", NewCustomer(), HttpStatusCode.Created)).Id;

    public static async Task<Guid> CreateOfferAsync(HttpClient installer, Guid customerId) =>
        (await installer.PostAsync("/loan-offers", NewOffer(customerId), HttpStatusCode.Created)).Id;

    /// <summary>An application that was submitted.</summary>
    public static async Task<Guid> ApplyAsync(HttpClient sender, Guid customerId, object details)
    {
        var id = (await sender.PostAsync("/applications", new { customerId }, HttpStatusCode.Created)).Id;
        await sender.ExpectAsync("PATCH", $"/applications/{id}", details, HttpStatusCode.OK);
        await sender.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        return id;
    }

    /// <summary>Waits until an application is that: the outbox delivers a moment later.</summary>
    public static async Task UntilAsync(HttpClient reader, Guid applicationId, string status)
    {
        for (var attempt = 0; attempt < 2_400; attempt++)
        {
            if ((await reader.GetAsync($"/applications/{applicationId}", HttpStatusCode.OK))["application.status"] == status)
            {
                return;
            }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The application did not become {status}.");
    }

    /// <summary>Sends a picture of one pixel as a document of a customer; another one each time, as the same one counts as sent.</summary>
    public static async Task<Answer> UploadDocumentAsync(
        HttpClient sender,
        Guid customerId,
        Guid? requestId = null,
        string kind = "PAYSLIP"
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{customerId}"), "customerId" },
            { new StringContent(kind), "kind" },
        };
        if (requestId is not null)
        {
            form.Add(new StringContent($"{requestId}"), "requestId");
        }
        // What stands behind the end of a picture, nobody reads.
        byte[] picture = [.. OnePixel, .. System.Text.Encoding.ASCII.GetBytes(Unique.Text())];
        form.Add(new ByteArrayContent(picture), "file", "payslip.png");
        using var answer = await sender.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return new Answer(answer.StatusCode, text, answer.Headers.ETag?.ToString(), answer.Headers.Location, ContentType: null);
    }

    /// <summary>The only message that there is, or that there is to this customer, as soon as it was tried.</summary>
    public static async Task<JsonElement> TriedMessageAsync(HttpClient staff, string query = "")
    {
        for (var look = 0; look < 600; look++)
        {
            var page = await staff.GetAsync($"/notifications{query}", HttpStatusCode.OK);
            var message = page.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
            if (message.GetProperty("attempts").GetInt32() > 0 && message.GetProperty("status").GetString() != "SENDING")
            {
                return message;
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("It was never tried.");
    }

    /// <summary>Invites the customer and lets them set a password.</summary>
    public async Task<HttpClient> ActivateCustomerAsync(HttpClient installer, Guid customerId)
    {
        var invitation = await installer.PostAsync($"/customers/{customerId}/invitation", null, HttpStatusCode.Accepted);
        return await AcceptInvitationAsync(invitation["token"]!);
    }

    /// <summary>Who was invited sets a password, and is logged in.</summary>
    public async Task<HttpClient> AcceptInvitationAsync(string token)
    {
        var login = await host.Anonymous.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token,
                password = Password,
                passwordConfirm = Password,
            },
            HttpStatusCode.OK
        );
        return host.NewClient().WithToken(login["accessToken"]!);
    }
}
