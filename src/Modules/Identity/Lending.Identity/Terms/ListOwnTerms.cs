using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Lists which versions of the terms and the privacy policy wait for the caller's acceptance, and which ones they have accepted.</summary>
/// <remarks>What waits does so in each language that it is published in; accepting one of them is enough. `GET /terms/{id}` has the text.</remarks>
internal sealed class ListOwnTerms(IdentityDbContext db, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Ok<Page<ListOwnTerms.Entry>>>
{
    /// <summary>A version that waits for the caller's acceptance, or that they have accepted.</summary>
    internal sealed record Entry : TermsVersionMembers
    {
        /// <summary>Whether it waits.</summary>
        /// <example>false</example>
        public required bool Waiting { get; init; }

        /// <summary>When the caller accepted it; null where it waits.</summary>
        /// <example>2027-01-02T08:12:00Z</example>
        public required DateTimeOffset? AcceptedAt { get; init; }
    }

    public override void Configure()
    {
        Get("users/me/terms");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Ok<Page<Entry>>> ExecuteAsync(CancellationToken ct)
    {
        var inForce = db.TermsInForce(clock.GetStorableNow());
        var acceptances = db.TermsAcceptances.Where(acceptance => acceptance.UserId == caller.UserId);
        var entries = await db
            .TermsVersions.Select(version => new Entry
            {
                Id = version.Id,
                Kind = version.Kind,
                Number = version.Number,
                Language = version.Language,
                Url = version.Url,
                Hash = version.Hash,
                ValidFrom = version.ValidFrom,
                PublishedAt = version.CreatedAt,
                Waiting =
                    inForce.Any(row => row.Id == version.Id)
                    && !acceptances.Any(acceptance => acceptance.Kind == version.Kind && acceptance.Number == version.Number),
                AcceptedAt = acceptances
                    .Where(acceptance =>
                        acceptance.Kind == version.Kind && acceptance.Number == version.Number && acceptance.Language == version.Language
                    )
                    .Select(acceptance => (DateTimeOffset?)acceptance.CreatedAt)
                    .SingleOrDefault(),
            })
            .Where(entry => entry.Waiting || entry.AcceptedAt != null)
            .OrderBy(entry => entry.Kind)
            .ThenByDescending(entry => entry.Number)
            .ThenBy(entry => entry.Language)
            .ToListAsync(ct);
        return TypedResults.Ok(new Page<Entry>(entries, NextCursor: null));
    }
}
