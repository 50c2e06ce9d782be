using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Retention;

/// <summary>Tells how much would be deleted now under rules such as these. Nothing is changed.</summary>
/// <remarks>Customers whose only offers go under the same rules are not counted: they follow a day later.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `unknown-records`, or `too-soon`: these records have to be kept for longer; `malformed-json`.
/// </response>
internal sealed class PreviewRetention(
    IEnumerable<IOldRecords> kinds,
    IOrganizationDirectory organizations,
    Caller caller,
    OrganizationClock clock
) : Endpoint<RetentionSettings, Results<Ok<PreviewRetention.Preview>, Problem>>
{
    /// <summary>What would be deleted.</summary>
    /// <param name="Rules">One entry for each rule of the request.</param>
    internal sealed record Preview(IReadOnlyList<Entry> Rules);

    /// <summary>What would be deleted under a rule.</summary>
    /// <param name="Records">The kind of records.</param>
    /// <param name="Months">After how many months.</param>
    /// <param name="Before">Records from before this moment would go.</param>
    /// <param name="Count">How many these are.</param>
    internal sealed record Entry(string Records, int Months, DateTimeOffset Before, int Count);

    public override void Configure()
    {
        Post("retention/preview");
        Permissions(CustomersPermission.RetentionManage);
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<Preview>, Problem>> ExecuteAsync(RetentionSettings request, CancellationToken ct)
    {
        if (request.Match(kinds, out var rules) is { Count: > 0 } errors)
        {
            return Problem.From(errors);
        }
        var timeZone = (await organizations.GetAsync(caller.OrganizationId, ct)).TimeZone;
        var now = clock.GetUtcNow();
        var entries = new List<Entry>();
        foreach (var (records, months) in rules)
        {
            var before = RetentionRule.CutoffOf(records, months, now, timeZone);
            entries.Add(new Entry(records.Name, months, before, await records.CountAsync(before, ct)));
        }
        return TypedResults.Ok(new Preview(entries));
    }
}
