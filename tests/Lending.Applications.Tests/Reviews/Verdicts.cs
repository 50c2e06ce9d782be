using Lending.Applications.Reviews;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Reviews;

/// <summary>What people decide, as tests send it, and what is kept of it.</summary>
internal static class Verdicts
{
    public static Task<Answer> DeclineAsync(this HttpClient client, Guid id, params string[] reasons) =>
        client.DecideAsync(id, "DECLINED", [], reasons);

    public static Task<Answer> DecideAsync(this HttpClient client, Guid id, string result, params string[] conditions) =>
        client.DecideAsync(id, result, conditions, []);

    public static Task<Answer> DecideAsync(this HttpClient client, Guid id, string result, string[] conditions, string[] reasons) =>
        client.SendAsync(
            "POST",
            $"/applications/{id}/decide",
            new
            {
                result,
                comment = "We have talked.",
                conditions,
                reasons,
            }
        );

    public static Task<List<Review>> ReviewsAsync(this ApplicationsFixture fixture, Guid organizationId, Guid id) =>
        fixture.ReadAsync(
            organizationId,
            db => db.Reviews.Where(review => review.ApplicationId == id).OrderBy(review => review.Id).ToListAsync()
        );
}
