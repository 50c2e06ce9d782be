using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Accepts a version of the own organisation's terms or privacy policy, in the language of this version.</summary>
/// <remarks>
/// Who accepts names its hash, and so says what they have read. Accepting it again changes nothing. Where the session permits the own account alone
/// (`termsMissing`), refresh it once nothing waits any more.
/// </remarks>
/// <response code="409">`terms-hash-differs`: the version has another hash. `terms-outdated`: a newer one is in force.</response>
internal sealed class AcceptTerms(IdentityDbContext db, Transactions transactions, Caller caller, TimeProvider clock)
    : Endpoint<AcceptTerms.Request, Results<NoContent, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The hash of the version.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string Hash { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Hash).NotEmpty().MaximumLength(TermsVersion.HashLength);
    }

    public override void Configure()
    {
        Post("users/me/terms/{id:guid}/acceptance");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var (id, now) = (Route<Guid>("id"), clock.GetStorableNow());
        var inForce = db.TermsInForce(now);
        var found = await db
            .TermsVersions.Where(version => version.Id == id && version.ValidFrom <= now)
            // A token outlives its account for some seconds.
            .Where(_ => db.Users.Any(user => user.Id == caller.UserId))
            .Select(version => new
            {
                version.Hash,
                IsInForce = inForce.Any(row => row.Id == version.Id),
                IsAccepted = db.TermsAcceptances.Any(acceptance =>
                    acceptance.UserId == caller.UserId
                    && acceptance.Kind == version.Kind
                    && acceptance.Number == version.Number
                    && acceptance.Language == version.Language
                ),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        if (found.Hash != request.Hash)
        {
            return Problem.From(TermsErrors.TermsHashDiffers);
        }
        if (found.IsAccepted)
        {
            return TypedResults.NoContent();
        }
        if (!found.IsInForce)
        {
            return Problem.From(TermsErrors.TermsOutdated);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        var acceptanceId = Guid.CreateVersion7(now);
        // Of two who accept at once, the second finds that it is done.
        var accepted = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO identity.terms_acceptances (id, organization_id, user_id, kind, number, language, created_at)
            SELECT {acceptanceId}, v.organization_id, u.id, v.kind, v.number, v.language, {now}
            FROM identity.terms_versions v JOIN identity.users u ON u.organization_id = v.organization_id
            WHERE v.id = {id} AND u.id = {caller.UserId}
            ON CONFLICT (user_id, kind, number, language) DO NOTHING
            """,
            ct
        );
        if (accepted == 1)
        {
            db.Note(AuditAction.Create, nameof(TermsAcceptance), acceptanceId);
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
