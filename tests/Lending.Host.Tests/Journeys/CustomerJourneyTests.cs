using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>The whole way of a customer, by the API alone and over all modules as they really are.</summary>
[Collection<ScannedHost>]
public sealed class CustomerJourneyTests(ScannedHost scanned)
{
    private readonly World world = new(scanned.Host);

    [Fact]
    public async Task A_customer_applies_proves_is_approved_and_informed_accepts_with_a_code_and_withdraws()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var (administrator, installer) = (
            await world.CreateAdministratorAsync(organizationId),
            await world.CreateInstallerAsync(organizationId)
        );
        var underwriter = await world.CreateUnderwriterAsync(organizationId);
        await administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication = true }, HttpStatusCode.OK);
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings("CCD2"), HttpStatusCode.OK);
        await administrator.ExpectAsync("PATCH", $"/organizations/{organizationId}", new { acceptanceNeedsCode = true }, HttpStatusCode.OK);
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offerId = await World.CreateOfferAsync(installer, customerId);

        // Applies, and proves the income.
        var details = SampleBodies.Household(housing: 300, employment: "OTHER", evidence: null, offerId);
        var applicationId = await World.ApplyAsync(customer, customerId, details);
        var path = $"/applications/{applicationId}";
        await World.UntilAsync(customer, applicationId, "COLLECTING");
        var october = await World.UploadDocumentAsync(customer, customerId);
        october["status"].ShouldBe("PENDING");
        var proof = new { first = new { netIncome = new { documentId = october.Id } } };
        (await customer.ExpectAsync("PATCH", path, proof, HttpStatusCode.OK))["application.status"].ShouldBe("COLLECTING");
        await ApproveAsync(underwriter, october);

        // Is scored as soon as somebody has looked at it, and asked for one more payslip.
        await World.UntilAsync(customer, applicationId, "IN_REVIEW");
        var explained = await underwriter.GetAsync($"{path}/explanation", HttpStatusCode.OK);
        explained["score.points"].ShouldBe("558", "from 560 on it would have been approved without a person");
        explained["bureau"]!.ShouldContain("class 2");
        await underwriter.PostAsync($"{path}/claim", null, HttpStatusCode.OK);
        (await DecideAsync(underwriter, path, "CONDITIONAL", "One more payslip")).ShouldBe("CONDITIONAL");
        var asking = new
        {
            customerId,
            kind = "PAYSLIP",
            note = "September",
        };
        var asked = await installer.PostAsync("/document-requests", asking, HttpStatusCode.Created);
        var september = await World.UploadDocumentAsync(customer, customerId, asked.Id);
        (await customer.GetAsync($"/document-requests/{asked.Id}", HttpStatusCode.OK))["received"].ShouldBe("1");
        await ApproveAsync(underwriter, september);
        (await DecideAsync(underwriter, path, "APPROVED")).ShouldBe("APPROVED");

        // Gets the form, the link and the code, and accepts.
        var offer = await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);
        await installer.PostAsync($"/loan-offers/{offerId}/approve", World.Decision(offer), HttpStatusCode.OK);
        var form = new { medium = "EMAIL", language = "en" };
        (await installer.PostAsync($"/loan-offers/{offerId}/disclosures", form, HttpStatusCode.Created))["offerHash"]
            .ShouldBe(offer["documentHash"]);
        var linkToken = (await installer.PostAsync($"/loan-offers/{offerId}/link", null, HttpStatusCode.Accepted))["token"];
        var holder = scanned.Host.Anonymous;
        var code = await holder.PostAsync($"/loan-offers/{offerId}/code", new { linkToken }, HttpStatusCode.Accepted);
        var acceptance = World.Acceptance(offer, linkToken, code["code"], code["codeSession"]);
        (await holder.PostAsync($"/loan-offers/{offerId}/accept", acceptance, HttpStatusCode.OK))["status"].ShouldBe("ACCEPTED");
        await World.UntilAsync(customer, applicationId, "CONTRACTED");

        // Thinks better of it.
        (await customer.PostAsync($"/loan-offers/{offerId}/withdraw", null, HttpStatusCode.OK))["status"]
            .ShouldBe("WITHDRAWN");

        var messages = await administrator.GetAsync($"/notifications?customerId={customerId}", HttpStatusCode.OK);
        OldestFirst(messages)
            .Select(message => message.GetProperty("kind").GetString())
            .ShouldBe([
                "CUSTOMER_INVITATION",
                "APPLICATION_RECEIVED",
                "DOCUMENT_APPROVED",
                "APPLICATION_IN_REVIEW",
                "APPLICATION_CONDITIONAL",
                "DOCUMENTS_REQUESTED",
                "DOCUMENT_APPROVED",
                "APPLICATION_APPROVED",
                "OFFER_APPROVED",
                "PRE_CONTRACTUAL_INFORMATION",
                "OFFER_LINK",
                "OFFER_CODE",
                "ACCEPTANCE_RECEIPT",
                "WITHDRAWAL_RECEIPT",
            ]);
        await ShouldBeInTheLogAsync(administrator);
    }

    [Fact]
    public async Task A_photo_of_an_identity_card_that_counts_as_a_document_identifies_nobody()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var (administrator, installer) = (
            await world.CreateAdministratorAsync(organizationId),
            await world.CreateInstallerAsync(organizationId)
        );
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var before = await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);

        var photo = await World.UploadDocumentAsync(customer, customerId, kind: "IDENTITY_COPY");
        await ApproveAsync(administrator, photo);

        var after = await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);
        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
        after.Text.ShouldNotContain("verified", Case.Insensitive);
        after.Text.ShouldNotContain("identified", Case.Insensitive);
        // Nor was anything else changed by it.
        var log = await administrator.GetAsync($"/audit?customerId={customerId}&limit=200", HttpStatusCode.OK);
        OldestFirst(log)
            .SkipWhile(entry => entry.GetProperty("operation").GetString() != "uploadDocument")
            .Where(entry => entry.GetProperty("action").GetString() is "CREATE" or "UPDATE")
            .Select(entry => entry.GetProperty("entityId").GetGuid())
            .ShouldBe([photo.Id, photo.Id]);
    }

    /// <summary>Every step stands in the organisation's log, in its order and by its use case, with the states that it led to.</summary>
    private static async Task ShouldBeInTheLogAsync(HttpClient administrator)
    {
        var log = OldestFirst(await administrator.GetAsync("/audit?limit=200", HttpStatusCode.OK))
            .Where(entry => entry.GetProperty("action").GetString() is "CREATE" or "UPDATE" or "DELETE")
            .SkipWhile(entry => entry.GetProperty("operation").GetString() != "startApplication")
            // What the system does by itself comes a moment later, but for the steps that the test has waited for.
            .Where(entry => entry.GetProperty("operation").GetString() is not null || TypeOf(entry) == "CreditApplication")
            .ToList();
        var steps = log.Select(entry => entry.GetProperty("operation").GetString() ?? "(by itself)").ToList();
        steps
            .Where((step, index) => index == 0 || step != steps[index - 1])
            .ShouldBe([
                "startApplication",
                "saveDraft",
                "submitApplication",
                "(by itself)",
                "uploadDocument",
                "saveDraft",
                "reviewDocument",
                "(by itself)",
                "claimReview",
                "decideReview",
                "requestDocuments",
                "uploadDocument",
                "reviewDocument",
                "decideReview",
                "approveOffer",
                "issueDisclosure",
                "createLink",
                "sendCode",
                "acceptOffer",
                "(by itself)",
                "withdrawOffer",
            ]);
        StatesOf("CreditApplication")
            .ShouldBe(["DRAFT", "SUBMITTED", "COLLECTING", "ASSESSING", "IN_REVIEW", "CONDITIONAL", "APPROVED", "CONTRACTED"]);
        StatesOf("LoanOffer").ShouldBe(["APPROVED", "ACCEPTED", "WITHDRAWN"]);
        StatesOf("Document").ShouldBe(["PENDING", "APPROVED", "PENDING", "APPROVED"]);

        IEnumerable<string?> StatesOf(string entityType) =>
            log.Where(entry => TypeOf(entry) == entityType && entry.GetProperty("changes").TryGetProperty("status", out _))
                .Select(entry => entry.GetProperty("changes").GetProperty("status")[1].GetString());

        static string? TypeOf(JsonElement entry) => entry.GetProperty("entityType").GetString();
    }

    private static IEnumerable<JsonElement> OldestFirst(Answer page) => page.Json.GetProperty("items").EnumerateArray().Reverse();

    private static async Task ApproveAsync(HttpClient underwriter, Answer document) =>
        (await underwriter.PostAsync($"/documents/{document.Id}/review", new { decision = "APPROVED" }, HttpStatusCode.OK))["status"]
            .ShouldBe("APPROVED");

    private static async Task<string?> DecideAsync(HttpClient underwriter, string path, string result, params string[] conditions)
    {
        var decision = new
        {
            result,
            comment = "By the rules.",
            conditions,
        };
        return (await underwriter.PostAsync($"{path}/decide", decision, HttpStatusCode.OK))["application.status"];
    }
}
