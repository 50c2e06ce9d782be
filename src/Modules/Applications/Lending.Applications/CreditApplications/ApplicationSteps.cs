using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.CreditApplications;

/// <summary>What all share that change one application: lock it, find it, check <c>If-Match</c>, change it, save it, tell who waits, answer it.</summary>
internal sealed class ApplicationSteps(
    ApplicationsDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    ApplicationMessages messages,
    EvidenceDocuments documents,
    Caller caller
)
{
    /// <summary>Changes an application. Whoever loses a race for it waits, and is refused for what it has become.</summary>
    public async Task<Results<Ok<ApplicationResponse>, Problem>> ChangeAsync(
        HttpContext http,
        Guid id,
        Func<CreditApplication, Task<Problem?>> change,
        CancellationToken ct
    )
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (await LockAsync(id, ct) is not { } application)
        {
            return Problem.NotFound;
        }
        if (!http.MatchesVersion(application.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var before = application.Status;
        if (await change(application) is { } problem)
        {
            return problem;
        }
        await SaveAsync(application, before, ct);
        var answer = await AnswerAsync(http, application, ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    /// <summary>Saves a change that was made under the lock, and tells who waits for it.</summary>
    public async Task SaveAsync(CreditApplication application, ApplicationStatus before, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        if (application.Status != before)
        {
            await messages.SendAsync(application, ct);
        }
    }

    /// <summary>The same, with an error instead of a problem.</summary>
    public Task<Results<Ok<ApplicationResponse>, Problem>> MoveAsync(
        HttpContext http,
        Guid id,
        Func<CreditApplication, Error?> move,
        CancellationToken ct
    ) => ChangeAsync(http, id, application => Task.FromResult(move(application) is { } error ? Problem.From(error) : null), ct);

    /// <summary>Keeps everybody else from changing the application until the transaction ends; null where the caller sees none with this id.</summary>
    public async Task<CreditApplication?> LockAsync(Guid id, CancellationToken ct)
    {
        FormattableString mine = caller.CustomerScope is { } customer
            ? $"AND (customer_id = {customer} OR second_customer_id = {customer})"
            : (FormattableString)$"";
        FormattableString statement = $"""
            SELECT FROM applications.applications WHERE {sql.OfOrganization} AND id = {id} {mine} FOR NO KEY UPDATE
            """;
        await sql.ReadAsync(statement, row => row.FieldCount, ct);
        return await db.Applications.SingleOrDefaultAsync(application => application.Id == id, ct);
    }

    public async Task<Ok<ApplicationResponse>> AnswerAsync(HttpContext http, CreditApplication application, CancellationToken ct)
    {
        http.SetETag(application.RowVersion);
        var approved = (await documents.NamedInAsync(application, ct)).Where(document => document.IsApproved);
        return TypedResults.Ok(ApplicationResponse.Of(application, [.. approved.Select(document => document.Id)]));
    }
}
