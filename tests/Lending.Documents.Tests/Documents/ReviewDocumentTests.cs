using System.Net;
using Lending.Documents.Documents;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Documents.Tests.Documents;

public sealed class ReviewDocumentTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task An_approved_document_counts_and_neighbours_hear_of_it()
    {
        var (host, _) = await fixture.StartAsync();
        await using var own = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var reviewer = Persons.Underwriter(organizationId);
        var staff = host.ClientFor(reviewer);
        var document = await DocumentsFixture.PendingAsync(staff, customerId);
        var day = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(30);

        var approved = await staff.PostAsync(
            $"/documents/{document.Id}/review",
            new
            {
                decision = "APPROVED",
                validUntil = day,
                commentForStaff = "Checked.",
            },
            HttpStatusCode.OK
        );

        approved["status"].ShouldBe("APPROVED");
        approved["validUntil"].ShouldBe($"{day:yyyy-MM-dd}");
        approved["reviewedBy.username"].ShouldBe(reviewer.Username);
        var happened = await DocumentsFixture.ScalarAsync<string>(
            host,
            $"SELECT payload::text FROM documents.outbox_messages WHERE type = 'DocumentApproved' AND aggregate_id = '{document.Id}'"
        );
        happened.ShouldContain($"{customerId}");
        happened.ShouldNotContain("payslip.pdf");

        // It is good until the end of its last day.
        host.Clock.Advance(TimeSpan.FromDays(30));
        (await StatusAsync()).ShouldBe("APPROVED");
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await StatusAsync()).ShouldBe("EXPIRED");

        async Task<string?> StatusAsync()
        {
            await host.Services.GetRequiredService<DocumentExpiry>().RunAsync(TestContext.Current.CancellationToken);
            return (await host.ClientFor(reviewer).GetAsync($"/documents/{document.Id}", HttpStatusCode.OK))["status"];
        }
    }

    [Fact]
    public async Task In_a_sandbox_a_document_expires_by_the_sandboxs_clock()
    {
        var (sandbox, other) = (Unique.Id(), Unique.Id());
        var (tried, real) = (await ApprovedAsync(sandbox), await ApprovedAsync(other));

        await fixture.Host.AdvanceSandboxAsync(sandbox, TimeSpan.FromDays(31));
        var expiry = fixture.Host.Services.GetRequiredService<DocumentExpiry>();
        await expiry.RunAsync(sandbox, TestContext.Current.CancellationToken);
        await expiry.RunAsync(other, TestContext.Current.CancellationToken);

        (await StatusAsync(sandbox, tried)).ShouldBe("EXPIRED");
        (await StatusAsync(other, real)).ShouldBe("APPROVED");

        async Task<Guid> ApprovedAsync(Guid organizationId)
        {
            var staff = fixture.Host.ClientFor(Persons.Underwriter(organizationId));
            var document = await DocumentsFixture.PendingAsync(staff, fixture.NewCustomer(organizationId));
            var validUntil = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(29);
            await staff.PostAsync($"/documents/{document.Id}/review", new { decision = "APPROVED", validUntil }, HttpStatusCode.OK);
            return document.Id;
        }

        async Task<string?> StatusAsync(Guid organizationId, Guid id) =>
            (await fixture.Host.ClientFor(Persons.Underwriter(organizationId)).GetAsync($"/documents/{id}", HttpStatusCode.OK))["status"];
    }

    [Fact]
    public async Task The_customer_reads_what_is_said_to_them_and_never_what_is_said_among_staff()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var customer = fixture.Host.ClientFor(Persons.Customer(organizationId, customerId));
        var document = await DocumentsFixture.PendingAsync(staff, customerId);
        var review = new
        {
            decision = "REVISION",
            reason = "ILLEGIBLE",
            commentForCustomer = "The lower half is cut off.",
            commentForStaff = "Looks pasted to me.",
        };

        (await staff.PostAsync($"/documents/{document.Id}/review", review, HttpStatusCode.OK))["commentForStaff"]
            .ShouldBe("Looks pasted to me.");

        foreach (var path in (string[])[$"/documents/{document.Id}", "/documents"])
        {
            (await staff.GetAsync(path, HttpStatusCode.OK)).Text.ShouldContain("Looks pasted to me.");
            var read = await customer.GetAsync(path, HttpStatusCode.OK);
            read.Text.ShouldContain("The lower half is cut off.");
            read.Text.ShouldContain("ILLEGIBLE");
            read.Text.ShouldNotContain("pasted");
        }
    }

    [Theory]
    [InlineData("APPROVED", null, MessageKind.DocumentApproved)]
    [InlineData("REVISION", "OUTDATED", MessageKind.DocumentRevision)]
    [InlineData("REJECTED", "NOT_GENUINE", MessageKind.DocumentRejected)]
    public async Task The_customer_is_told_by_mail_what_was_decided_and_why(string decision, string? reason, MessageKind kind)
    {
        var organizationId = Unique.Id();
        var email = Unique.Email();
        var customerId = fixture.NewCustomer(organizationId, email);
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var document = await DocumentsFixture.PendingAsync(staff, customerId);
        var review = new
        {
            decision,
            reason,
            commentForCustomer = "Said to you.",
            commentForStaff = "Said among us.",
        };

        await staff.PostAsync($"/documents/{document.Id}/review", review, HttpStatusCode.OK);
        (await staff.SendAsync("POST", $"/documents/{document.Id}/review", review)).Status.ShouldBe(HttpStatusCode.Conflict);

        var mail = fixture.Host.Messages.To(email).ShouldHaveSingleItem();
        mail.Kind.ShouldBe(kind);
        mail.CustomerId.ShouldBe(customerId);
        mail.Values["file"].ShouldBe("payslip.pdf");
        mail.Values.GetValueOrDefault("reason").ShouldBe(reason);
        mail.Values.GetValueOrDefault("comment").ShouldBe(reason is null ? null : "Said to you.");
    }

    [Theory]
    [InlineData("APPROVED", "ILLEGIBLE", null, "wrong-reason")]
    [InlineData("REVISION", null, null, "wrong-reason")]
    [InlineData("REVISION", "NOT_GENUINE", null, "wrong-reason")]
    [InlineData("REJECTED", "ILLEGIBLE", null, "wrong-reason")]
    [InlineData("REJECTED", null, null, "wrong-reason")]
    [InlineData("REJECTED", "NOT_GENUINE", "2999-01-01", "wrong-day")]
    [InlineData("APPROVED", null, "2020-01-01", "wrong-day")]
    [InlineData(null, null, null, "validation-failed")]
    public async Task What_does_not_fit_is_refused(string? decision, string? reason, string? validUntil, string code)
    {
        var organizationId = Unique.Id();
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var document = await DocumentsFixture.PendingAsync(staff, fixture.NewCustomer(organizationId));

        var body = new
        {
            decision,
            reason,
            validUntil,
        };
        (await staff.SendAsync("POST", $"/documents/{document.Id}/review", body)).ShouldBeProblem(HttpStatusCode.BadRequest, code);

        (await staff.GetAsync($"/documents/{document.Id}", HttpStatusCode.OK))["status"].ShouldBe("PENDING");
    }

    [Fact]
    public async Task It_is_decided_once_whoever_decides_at_the_same_time()
    {
        var organizationId = Unique.Id();
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var document = await DocumentsFixture.PendingAsync(staff, fixture.NewCustomer(organizationId));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number =>
                    staff.SendAsync(
                        "POST",
                        $"/documents/{document.Id}/review",
                        number % 2 == 0
                            ? new { decision = "APPROVED", reason = (string?)null }
                            : new { decision = "REJECTED", reason = (string?)"NOT_GENUINE" }
                    )
                )
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(5);
        (
            await DocumentsFixture.ScalarAsync<long>(
                fixture.Host,
                $"SELECT count(*) FROM documents.outbox_messages WHERE aggregate_id = '{document.Id}'"
            )
        ).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_decision_on_another_version_and_bad_bodies_are_refused()
    {
        var organizationId = Unique.Id();
        var staff = fixture.Host.ClientFor(Persons.Administrator(organizationId));
        var document = await DocumentsFixture.PendingAsync(staff, fixture.NewCustomer(organizationId));
        var path = $"/documents/{document.Id}/review";

        (await staff.SendAsync("POST", path, new { decision = "APPROVED" }, ifMatch: "\"1\"")).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await staff.ShouldBeRefusedAsync("POST", path);
        (await staff.SendAsync("POST", $"/documents/{Unique.Id()}/review", new { decision = "APPROVED" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        var longComment = new { decision = "APPROVED", commentForStaff = new string('x', 1001) };
        (await staff.SendAsync("POST", path, longComment)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await staff.SendAsync("POST", path, new { decision = "APPROVED" }, ifMatch: document.ETag)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
