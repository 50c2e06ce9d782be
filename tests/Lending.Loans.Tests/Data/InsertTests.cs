using System.Net;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Outbox;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Loans.Tests.Data;

/// <summary>What is inserted past EF keeps EF's promises.</summary>
public sealed class InsertTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public Task A_row_of_another_organisation_is_refused() =>
        office.BehindTheApiAsync(
            async (LoansDbContext db) =>
            {
                var message = MessageOf(Unique.Id());
                await Should.ThrowAsync<InvalidOperationException>(() => db.InsertAsync([message], CancellationToken.None));
                (await db.Outbox.IgnoreQueryFilters().AnyAsync(row => row.Id == message.Id)).ShouldBeFalse();
                return message;
            }
        );

    [Fact]
    public Task Without_a_transaction_all_rows_are_inserted_or_none() =>
        office.BehindTheApiAsync(
            async (LoansDbContext db) =>
            {
                var (first, second) = (MessageOf(office.Id), MessageOf(office.Id));
                var error = await Should.ThrowAsync<PostgresException>(() =>
                    db.InsertAsync([first, second, first], CancellationToken.None)
                );
                error.SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
                (await db.Outbox.CountAsync()).ShouldBe(0);

                await db.InsertAsync([first, second], CancellationToken.None);
                first.OrganizationId.ShouldBe(office.Id);
                (await db.Outbox.Select(row => row.Id).ToListAsync()).ShouldBe([first.Id, second.Id], ignoreOrder: true);
                return first;
            }
        );

    [Fact]
    public async Task It_stores_what_EF_reads_back_and_tells_the_version()
    {
        var created = await office.Installer.PostAsync("/loan-offers", office.Terms(), HttpStatusCode.Created);

        var read = await office.Installer.GetAsync($"/loan-offers/{created.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(created.Text);
        read.ETag.ShouldBe(created.ETag);
        await office.BehindTheApiAsync(
            async (LoansDbContext db) =>
            {
                var offer = await db.Offers.Include(offer => offer.History).SingleAsync(offer => offer.Id == created.Id);
                offer.OrganizationId.ShouldBe(office.Id);
                offer.History.ShouldHaveSingleItem().At.ShouldBe(offer.CreatedAt);
                return offer;
            }
        );
    }

    private static OutboxMessage MessageOf(Guid organizationId) =>
        OutboxMessage.Of(new Happened(organizationId, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    private sealed record Happened(Guid OrganizationId, DateTimeOffset At) : IEvent;
}
