using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Policies;

/// <summary>What all share that change one policy: find it, check <c>If-Match</c>, change it, save it, answer it.</summary>
internal sealed class PolicySteps(ApplicationsDbContext db, Transactions transactions, Caller caller, OrganizationClock clock)
{
    /// <summary>Changes a policy. Of two who do at once, one is refused.</summary>
    public async Task<Results<Ok<PolicyResponse>, Problem>> ChangeAsync(
        HttpContext http,
        Guid id,
        Func<Policy, UserReference, DateTimeOffset, Error?> change,
        CancellationToken ct,
        PolicyStatus? takesPlaceOf = null
    )
    {
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        if (await db.Policies.SingleOrDefaultAsync(policy => policy.Id == id, ct) is not { } policy)
        {
            return Problem.NotFound;
        }
        if (!http.MatchesVersion(policy.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (
            takesPlaceOf is { } status
            && await db.Policies.SingleOrDefaultAsync(other => other.Id != id && other.Status == status, ct) is { } other
        )
        {
            other.Retire(now);
            // Before this one, as an index lets there be one of them only.
            await db.SaveChangesAsync(ct);
        }
        if (change(policy, caller.Reference, now) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer(http, policy);
    }

    public static Ok<PolicyResponse> Answer(HttpContext http, Policy policy)
    {
        http.SetETag(policy.RowVersion);
        return TypedResults.Ok(PolicyResponse.Of(policy));
    }
}
