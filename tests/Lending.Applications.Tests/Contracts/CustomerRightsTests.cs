using System.Net;
using System.Text.Json;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Contracts;

/// <summary>Copy, deletion, erasure and retention of what customers have applied for.</summary>
public sealed class CustomerRightsTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task A_customer_s_own_copy_leaves_out_what_staff_wrote_and_what_a_bureau_answered_about_the_other_one()
    {
        var (one, other) = (fixture.Customer(organization), fixture.Customer(organization, "ClassFour"));
        var reader = Persons.Customer(organization, one.Id);
        var id = await ApplicationsFixture.DraftAsync(Installer, one.Id, People.C);
        var second = new
        {
            secondCustomerId = other.Id,
            adults = 2,
            second = new
            {
                employment = "OTHER",
                employmentMonths = 3,
                netIncome = People.Proved(300),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", second, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);
        var view = new { comment = "The loan ends in March." };
        await fixture.Host.ClientFor(reader).PostAsync($"/applications/{id}/review-requests", view, HttpStatusCode.OK);
        var underwriter = fixture.Host.ClientFor(Persons.Underwriter(organization));
        await underwriter.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        var decision = new
        {
            result = "DECLINED",
            comment = "We have talked.",
            reasons = new[] { "SURPLUS" },
        };
        await underwriter.PostAsync($"/applications/{id}/decide", decision, HttpStatusCode.OK);

        var (ofStaff, own) = (await CopyAsync(null), await CopyAsync(one.Id));

        string[] hidden = ["We have talked.", "\"Class\":4"];
        hidden.ShouldAllBe(text => ofStaff.Contains(text, StringComparison.Ordinal));
        hidden.ShouldAllBe(text => !own.Contains(text, StringComparison.Ordinal));
        own.ShouldContain("The loan ends in March.");
        own.ShouldContain("\"Class\":2");

        Task<string> CopyAsync(Guid? scope) =>
            fixture.Host.InModuleAsync(
                organization,
                async services =>
                {
                    services.GetRequiredService<Caller>().ActFor(organization, new UserReference(reader.UserId, reader.Username), scope);
                    var records = services.GetRequiredService<ICustomerRecords>();
                    return JsonSerializer.Serialize(await records.ReadAsync(one.Id, TestContext.Current.CancellationToken));
                }
            );
    }

    [Fact]
    public async Task A_copy_has_what_was_said_decided_and_answered()
    {
        var customer = fixture.Customer(organization);
        await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);

        var copy = JsonSerializer.Serialize(await InAsync<ICustomerRecords, object?>(records => records.ReadAsync(customer.Id, default)));

        copy.ShouldContain("october.pdf");
        copy.ShouldContain("38.81");
        copy.ShouldContain("fake-");
        (await InAsync<ICustomerRecords, object?>(records => records.ReadAsync(Unique.Id(), default))).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_applied_alone_or_with_another_one_is_not_deleted()
    {
        var (one, other, third) = (fixture.Customer(organization), fixture.Customer(organization), fixture.Customer(organization));
        await ApplicationsFixture.DraftAsync(Installer, one.Id, new { secondCustomerId = other.Id });

        (await ObstacleAsync(one.Id))!.Code.ShouldBe("customer-has-applications");
        (await ObstacleAsync(other.Id))!.Code.ShouldBe("customer-has-applications");
        (await ObstacleAsync(third.Id)).ShouldBeNull();

        Task<Error?> ObstacleAsync(Guid id) => InAsync<ICustomerDeletionGuard, Error?>(guard => guard.FindObstacleAsync(id, default));
    }

    [Fact]
    public async Task An_erasure_waits_for_what_is_open_and_then_takes_all_but_contracts()
    {
        var customer = fixture.Customer(organization);
        var (approved, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());
        var (declined, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        var draft = await ApplicationsFixture.DraftAsync(Installer, customer.Id);
        (await InTransactionAsync(erasure => erasure.FindObstacleAsync(customer.Id, default)))!.Code.ShouldBe("application-open");
        await MoveAsync(approved, ApplicationStatus.Contracted);

        (await InTransactionAsync(erasure => erasure.FindObstacleAsync(customer.Id, default))).ShouldBeNull();
        var kept = await InTransactionAsync(erasure => erasure.EraseAsync(customer.Id, default));

        kept.ShouldHaveSingleItem().Id.ShouldBe(approved);
        (await fixture.ReadAsync(organization, db => db.Applications.Select(row => row.Id).ToListAsync())).ShouldBe([approved]);
        (await fixture.ReadAsync(organization, db => db.Decisions.Select(row => row.ApplicationId).ToListAsync())).ShouldBe([approved]);
        (draft, declined).ShouldNotBe((approved, approved));
    }

    [Fact]
    public async Task What_is_old_and_over_is_deleted_where_the_organisation_says_so()
    {
        var customer = fixture.Customer(organization);
        await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());
        var tomorrow = fixture.Host.Clock.GetUtcNow().AddDays(1);

        (await InAsync<IOldRecords, int>(old => old.CountAsync(tomorrow.AddDays(-2), default))).ShouldBe(0);
        (await InAsync<IOldRecords, int>(old => old.CountAsync(tomorrow, default))).ShouldBe(1);
        (await InAsync<IOldRecords, int>(old => old.DeleteAsync(tomorrow, 10, default))).ShouldBe(1);
        (await InAsync<IOldRecords, int>(old => old.CountAsync(tomorrow, default))).ShouldBe(0);
    }

    private Task<T> InAsync<TContract, T>(Func<TContract, Task<T>> ask)
        where TContract : notnull => fixture.Host.InModuleAsync(organization, services => ask(services.GetRequiredService<TContract>()));

    private Task<T> InTransactionAsync<T>(Func<ICustomerErasure, Task<T>> ask) =>
        fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await using var transaction = await services
                    .GetRequiredService<Lending.Platform.Persistence.Transactions>()
                    .BeginAsync(CancellationToken.None);
                var answer = await ask(services.GetRequiredService<ICustomerErasure>());
                await transaction.CommitAsync(CancellationToken.None);
                return answer;
            }
        );

    private Task<int> MoveAsync(Guid id, ApplicationStatus to) =>
        fixture.ReadAsync(
            organization,
            async db =>
            {
                var application = await db.Applications.SingleAsync(row => row.Id == id);
                application.Move(to, UserReference.System, comment: null, fixture.Host.Clock.GetUtcNow()).ShouldBeNull();
                return await db.SaveChangesAsync();
            }
        );
}
