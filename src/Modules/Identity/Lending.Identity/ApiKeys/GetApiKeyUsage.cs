using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.ApiKeys;

/// <summary>Reads how often an API key was used on each day (UTC), newest first. The last minute may be missing.</summary>
internal sealed class GetApiKeyUsage(IdentityDbContext db, TimeProvider clock)
    : Endpoint<GetApiKeyUsage.Request, Results<Ok<GetApiKeyUsage.Usage>, Problem>>
{
    private const int UsualDays = 30;

    internal sealed record Request
    {
        /// <summary>How many days, today included: 1 to 400; left out, 30.</summary>
        public int Days { get; init; } = UsualDays;
    }

    internal sealed class Validator : Validator<Request>
    {
        private const int MaximumDays = 400;

        public Validator() => RuleFor(request => request.Days).InclusiveBetween(1, MaximumDays);
    }

    /// <summary>How often a key was used.</summary>
    internal sealed record Usage
    {
        /// <summary>The days on which it was used at all.</summary>
        public required IReadOnlyList<UsageDay> Items { get; init; }

        /// <summary>The requests of these days together.</summary>
        /// <example>2431</example>
        public required long TotalRequests { get; init; }
    }

    /// <summary>How often a key was used on a day.</summary>
    /// <param name="Day">The day, in UTC.</param>
    /// <param name="Requests">How many requests it let in.</param>
    internal sealed record UsageDay(DateOnly Day, long Requests);

    public override void Configure()
    {
        Get("api-keys/{id:guid}/usage");
        Permissions(IdentityPermission.ApiKeysManage);
    }

    public override async Task<Results<Ok<Usage>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var from = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - request.Days);
        var days = await db
            .ApiKeys.Where(key => key.Id == id)
            .Select(key =>
                key.Days.Where(day => day.Day >= from)
                    .OrderByDescending(day => day.Day)
                    .Select(day => new UsageDay(day.Day, day.Requests))
                    .ToList()
            )
            .SingleOrDefaultAsync(ct);
        return days is null ? Problem.NotFound : TypedResults.Ok(new Usage { Items = days, TotalRequests = days.Sum(day => day.Requests) });
    }
}
