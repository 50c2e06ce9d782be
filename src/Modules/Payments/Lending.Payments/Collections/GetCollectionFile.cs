using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>The file for the bank of a run that was released: pain.008.001.08, the same each time. It has the names and accounts of all who pay.</summary>
/// <response code="200">The file.</response>
/// <response code="409">
/// `run-not-released`: no second person has released it. `run-failed`: the bank has refused or sent back something of it, which another run may have.
/// </response>
internal sealed class GetCollectionFile(PaymentsDbContext db) : EndpointWithoutRequest<Results<FileContentHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("collection-runs/{id:guid}/file");
        Permissions(PaymentsPermission.Release);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, BankRunFile.ContentType));
        this.TellsOfPersons(nameof(CollectionRun));
    }

    public override async Task<Results<FileContentHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .CollectionRuns.AsNoTracking()
            .Where(run => run.Id == id)
            .Select(run => new
            {
                Run = run,
                IsWhole = run.Count
                    == db.Collections.Count(collection =>
                        collection.CollectionRunId == run.Id
                        && (collection.Status == CollectionStatus.Sent || collection.Status == CollectionStatus.Paid)
                    ),
            })
            .SingleOrDefaultAsync(ct);
        return BankRunFile.Of(found?.Run, found?.IsWhole == true);
    }
}
