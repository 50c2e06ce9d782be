using System.Net;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Documents.Contracts;
using Lending.Platform.Security;
using Lending.Testing;

namespace Lending.Portal.Tests;

/// <summary>The pages of a customer: who sees them, what is asked for and sent, what was decided.</summary>
public sealed class CustomerPageTests : IDisposable
{
    private readonly PortalFixture fixture;
    private readonly Browser browser;
    private readonly CustomerLinkKey key = new(Unique.Id(), Secret.New());
    private readonly Guid customer = Unique.Id();
    private readonly Guid request = Unique.Id();
    private readonly Guid application = Unique.Id();

    public CustomerPageTests(PortalFixture fixture)
    {
        this.fixture = fixture;
        browser = new Browser(fixture);
        fixture.Customers.Links[key] = customer;
        fixture.Customers.Documents[request] = (customer, Asked());
        fixture.Customers.Applications[application] = (customer, Declined());
    }

    private string Path => $"/customer-links/{key.LinkId}";

    private string Request => $"{Path}/requests/{request}";

    private string Decision => $"{Path}/applications/{application}";

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task The_link_alone_shows_nothing_and_with_the_code_the_pages_are_open()
    {
        var opened = await browser.GetAsync($"{Path}?token={key.Token}");
        opened.Location.ShouldBe(Path);
        opened.SetCookies.Single().ShouldContain("__Host-customer-");
        var page = await browser.GetAsync(Path);
        page.Words.ShouldContain("Sonnendach");
        page.Words.ShouldNotContain("Payslips");
        page.Words.ShouldNotContain("20,000");

        var sent = await browser.SubmitAsync(page, $"{Path}/code");
        sent.Location.ShouldBe($"{Path}?sent=1");
        page = await browser.GetAsync(sent.Location!);
        page.Words.ShouldContain("A code is on its way");
        var confirmed = await browser.SubmitAsync(page, $"{Path}/open", ("code", "123 456"));

        confirmed.Status.ShouldBe(HttpStatusCode.SeeOther);
        confirmed.Location.ShouldBe(Path);
        page = await browser.GetAsync(Path);
        page.Words.ShouldContain($"{Path}/requests/{request}");
        page.Words.ShouldContain("1 of 2 are here.");
        page.Words.ShouldContain("Application for a loan of");
        page.Words.ShouldContain("Refused.");
        // Bound to this browser: the same link in another one asks again.
        using var other = new Browser(fixture);
        await other.GetAsync($"{Path}?token={key.Token}");
        (await other.GetAsync(Path)).Words.ShouldNotContain("Payslips");
    }

    [Fact]
    public async Task Forms_that_were_given_are_read_there_by_whom_they_were_given_to_and_by_nobody_else()
    {
        var (own, others) = (GiveForm(customer, "<p>Your credit</p>"), GiveForm(Unique.Id(), "<p>Not yours</p>"));
        (await browser.GetAsync($"{Path}/forms/{own}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await OpenAsync(browser, key);

        var page = await browser.GetAsync(Path);
        page.Words.ShouldContain($"{Path}/forms/{own}");
        page.Words.ShouldNotContain(others.ToString());
        (await browser.GetAsync($"{Path}/forms/{own}")).Words.ShouldContain("Your credit");
        (await browser.GetAsync($"{Path}/forms/{others}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_page_has_the_name_that_the_organisation_shows_and_a_style_of_its_colour()
    {
        await browser.GetAsync($"{Path}?token={key.Token}");
        var closed = await browser.GetAsync(Path);
        await OpenAsync(browser, key);

        foreach (
            var page in (Sight[])
                [
                    closed,
                    await browser.GetAsync(Path),
                    await browser.GetAsync(Request),
                    await browser.GetAsync(Decision),
                    await browser.GetAsync($"{Decision}/review"),
                ]
        )
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain("<p class=\"name\">Sonnendach</p>");
            page.Text.ShouldContain("<link rel=\"stylesheet\" href=\"/colors/7a1f5c.css\"");
            page.Words.ShouldNotContain("Solar GmbH");
        }
    }

    [Theory]
    [InlineData("en", "not the code that we mailed you last")]
    [InlineData("de", "nicht der Code, den wir Ihnen zuletzt")]
    public async Task A_wrong_code_opens_nothing_and_says_so(string language, string words)
    {
        using var reader = new Browser(fixture) { Languages = language };
        await reader.GetAsync($"{Path}?token={key.Token}");
        var page = await reader.GetAsync(Path);

        var refused = await reader.SubmitAsync(page, $"{Path}/open", ("code", "654321"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Words.ShouldContain(words);
        refused.Words.ShouldContain("aria-invalid");
        (await reader.GetAsync(Request)).Location.ShouldBe(Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/requests/{request}")]
    [InlineData("/applications/{application}")]
    [InlineData("/applications/{application}/review")]
    public async Task Without_the_link_or_with_that_of_somebody_else_nothing_is_seen(string below)
    {
        var path = Path + below.Replace("{request}", $"{request}").Replace("{application}", $"{application}");
        using var stranger = new Browser(fixture);
        (await stranger.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        // A made-up token.
        await stranger.GetAsync($"{Path}?token={Secret.New()}");
        (await stranger.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        if (below.Length == 0)
        {
            return;
        }
        // The pages of another organisation's customer, with the names of what is not theirs.
        var other = new CustomerLinkKey(Unique.Id(), Secret.New());
        fixture.Customers.Links[other] = Unique.Id();
        await OpenAsync(stranger, other);
        var foreign = await stranger.GetAsync(path.Replace($"{key.LinkId}", $"{other.LinkId}"));

        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.Words.ShouldContain("This link does not work");
        // The right link without a code leads to where the code is asked for.
        await browser.GetAsync($"{Path}?token={key.Token}");
        (await browser.GetAsync(path)).Location.ShouldBe(Path);
    }

    [Fact]
    public async Task A_file_goes_where_documents_are_and_the_state_of_each_is_told()
    {
        await OpenAsync(browser, key);
        var page = await browser.GetAsync(Request);
        page.Words.ShouldContain("Please send another one: it is blurred, cut off or too dark.");
        page.Words.ShouldContain("The lower half is cut off.");
        page.Words.ShouldContain("Those of September and October.");

        var sent = await browser.UploadAsync(page, Request, "Lohn Oktober.pdf", [1, 2, 3]);

        sent.Status.ShouldBe(HttpStatusCode.SeeOther);
        sent.Location.ShouldBe($"{Request}?sent=1");
        var (_, name, contentType, content) = fixture.Customers.Sent.Single(one => one.RequestId == request);
        (name, contentType).ShouldBe(("Lohn Oktober.pdf", "application/pdf"));
        content.ShouldBe([1, 2, 3]);
        (await browser.GetAsync(sent.Location!)).Words.ShouldContain("Your file has arrived.");
    }

    [Theory]
    [InlineData("file-infected", "A virus was found in the file", "wurde ein Virus gefunden")]
    [InlineData("pdf-encrypted", "protected by a password", "mit einem Passwort geschützt")]
    [InlineData("file-name-mismatch", "something else than its name says", "etwas anderes, als ihr Name sagt")]
    [InlineData("file-type-mismatch", "something else than its name says", "etwas anderes, als ihr Name sagt")]
    [InlineData("file-type-unsupported", "neither a PDF nor a picture", "weder ein PDF noch ein Bild")]
    [InlineData("file-name-invalid", "short name of letters and digits", "kurzen Namen aus Buchstaben")]
    [InlineData("file-ambiguous", "two things at once", "zweierlei zugleich")]
    [InlineData("file-unreadable", "damaged or incomplete", "beschädigt oder unvollständig")]
    [InlineData("image-too-large", "50 megapixels", "50 Megapixel")]
    [InlineData("pdf-active-content", "Print it to a new PDF", "in ein neues PDF")]
    [InlineData("pdf-too-complex", "Print it to a new PDF", "in ein neues PDF")]
    [InlineData("body-too-large", "longer than 15 MB", "größer als 15 MB")]
    [InlineData("file-missing", "not empty", "nicht leer")]
    [InlineData("something-new", "name this: something-new", "nennen Sie dies: something-new")]
    public async Task A_refusal_is_told_in_plain_words_at_the_field(string code, string english, string german)
    {
        fixture.Customers.Refusals[request] = code;
        foreach (var (language, words) in ((string, string)[])[("en", english), ("de", german)])
        {
            using var reader = new Browser(fixture) { Languages = language };
            await OpenAsync(reader, key);
            var page = await reader.GetAsync(Request);

            var refused = await reader.UploadAsync(page, Request, "payslip.pdf", new byte[100_000]);

            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Words.ShouldContain(words);
            refused.Words.ShouldContain("file-hint file-wrong");
            refused.Words.ShouldContain("role=\"alert\"");
        }
        fixture.Customers.Sent.ShouldNotContain(one => one.RequestId == request);
    }

    [Fact]
    public async Task No_file_a_form_from_elsewhere_and_one_that_is_none_send_nothing()
    {
        await OpenAsync(browser, key);
        var page = await browser.GetAsync(Request);
        using var attacker = new Browser(fixture);
        await OpenAsync(attacker, key);
        var foreign = await attacker.GetAsync(Request);

        // What browsers send where no file was chosen.
        (await browser.UploadAsync(page, Request, "", [], "application/octet-stream")).Words.ShouldContain("Choose a file");
        // Without a token, and with one of another browser.
        foreach (var form in new[] { page with { Text = "" }, foreign })
        {
            var refused = await browser.UploadAsync(form, Request, "payslip.pdf", [1]);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Words.ShouldContain("Nothing was changed");
        }
        (await browser.SubmitAsync(page, Request, ("file", "x"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var broken = new StringContent("--b\r\nnonsense");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var message = new HttpRequestMessage(HttpMethod.Post, Request) { Content = broken };
        (await browser.SendAsync(message)).Status.ShouldBe(HttpStatusCode.BadRequest);

        fixture.Customers.Sent.ShouldNotContain(one => one.RequestId == request);
    }

    [Fact]
    public async Task A_file_for_pages_that_have_closed_is_not_taken()
    {
        await OpenAsync(browser, key);
        var page = await browser.GetAsync(Request);
        foreach (var open in fixture.Customers.Open.Keys.Where(open => open.LinkId == key.LinkId))
        {
            fixture.Customers.Open.TryRemove(open, out _);
        }

        var sent = await browser.UploadAsync(page, Request, "payslip.pdf", [1]);

        sent.Location.ShouldBe(Path);
        fixture.Customers.Sent.ShouldNotContain(one => one.RequestId == request);
    }

    [Fact]
    public async Task A_refusal_is_explained_and_a_person_is_demanded_in_two_steps()
    {
        await OpenAsync(browser, key);
        var page = await browser.GetAsync(Decision);
        foreach (
            var words in (string[])
                [
                    "We cannot offer you this loan",
                    "Too little would be left.",
                    "up to 70.00 EUR",
                    "by fixed rules",
                    "class 2 of 5",
                    "Advice",
                ]
        )
        {
            page.Words.ShouldContain(words);
        }
        page.Words.ShouldContain($"{Decision}/review");

        var review = await browser.GetAsync($"{Decision}/review");
        fixture.Customers.Demanded.ShouldNotContain(one => one.ApplicationId == application);
        var tooLong = await browser.SubmitAsync(review, $"{Decision}/review", ("comment", new string('x', 2001)));
        tooLong.Status.ShouldBe(HttpStatusCode.BadRequest);
        tooLong.Words.ShouldContain("At most 2,000 characters.");
        (await browser.PostAsync($"{Decision}/review", ("comment", "forged"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        var demanded = await browser.SubmitAsync(review, $"{Decision}/review", ("comment", " It is repaid in March. "));

        demanded.Location.ShouldBe(Decision);
        fixture.Customers.Demanded.Single(one => one.ApplicationId == application).Comment.ShouldBe("It is repaid in March.");
        page = await browser.GetAsync(Decision);
        page.Words.ShouldContain("You demanded that a person looks at the refusal.");
        page.Words.ShouldNotContain($"{Decision}/review");
        // Who loads the step again is led to what has become of it.
        (await browser.GetAsync($"{Decision}/review")).Location.ShouldBe(Decision);
    }

    private static async Task OpenAsync(Browser with, CustomerLinkKey link)
    {
        var path = $"/customer-links/{link.LinkId}";
        await with.GetAsync($"{path}?token={link.Token}");
        var page = await with.GetAsync(path);
        (await with.SubmitAsync(page, $"{path}/open", ("code", FakeLinks.Code))).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    private AskedDocument Asked() =>
        new()
        {
            Id = request,
            Kind = DocumentKind.Payslip,
            Count = 2,
            Received = 1,
            Note = "Those of September and October.",
            AskedAt = Samples.Then,
            Sent =
            [
                new("september.pdf", DocumentStatus.Revision, ReviewReason.Illegible, "The lower half is cut off.", Samples.Then),
                new("october.pdf", DocumentStatus.Pending, null, null, Samples.Then),
            ],
        };

    private ExplainedDecision Declined() =>
        new()
        {
            Application = new(application, ApplicationStatus.Declined, 20_000, "EUR", Samples.Then),
            DecidedAt = Samples.Then,
            How = "The decision was made automatically, by fixed rules.",
            Procedure = "First we compute.",
            Reasons = [new("Too little would be left.", "It would pass with an instalment of up to 70.00 EUR.")],
            Conditions = [],
            Bureau = "It answered: class 2 of 5.",
            Rights = "You can demand that a person checks the decision.",
            DebtAdvice = "Advice centres help.",
            CanRequestReview = true,
        };

    private Guid GiveForm(Guid customerId, string html)
    {
        var id = Unique.Id();
        fixture.Customers.Forms[id] = (
            customerId,
            new ListedForm(id, Unique.Id(), fixture.Host.Clock.GetUtcNow()),
            new GivenForm("en", html)
        );
        return id;
    }
}
