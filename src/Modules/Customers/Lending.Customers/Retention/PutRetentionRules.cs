using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Retention;

/// <summary>Sets what the organisation has deleted, and after how many months. It begins within the hour; `POST /retention/preview` tells what would go.</summary>
/// <remarks>What is not named is kept. Loans that run, and loans that were paid out, cannot be named: the law has them kept (§ 257 HGB, § 147 AO).</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `unknown-records`, or `too-soon`: these records have to be kept for longer; `malformed-json`.
/// </response>
/// <response code="409">`concurrent-change`: somebody else sets the rules at the same time.</response>
internal sealed class PutRetentionRules(
    CustomersDbContext db,
    IEnumerable<IOldRecords> kinds,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<RetentionSettings, Results<Ok<RetentionRulesResponse>, Problem>>
{
    public override void Configure()
    {
        Put("retention/rules");
        Permissions(CustomersPermission.RetentionManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<RetentionRulesResponse>, Problem>> ExecuteAsync(RetentionSettings request, CancellationToken ct)
    {
        if (request.Match(kinds, out var rules) is { Count: > 0 } errors)
        {
            return Problem.From(errors);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        await db.RetentionRules.ExecuteDeleteAsync(ct);
        var now = clock.GetStorableNow();
        db.AddRange(rules.Select(rule => new RetentionRule(rule.Records.Name, rule.Months, caller.Reference, now)));
        // Those that went were not loaded.
        db.Note(AuditAction.Update, nameof(RetentionRule), entityId: null);
        await db.SaveChangesAsync(ct);
        var response = await RetentionRulesResponse.ReadAsync(db, kinds, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(response);
    }
}
