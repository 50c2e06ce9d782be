using System.Threading.RateLimiting;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Lending.Platform.Http;

/// <summary>
/// The places of requests that are worked on: half as many as there are connections to the database, so that none waits for a connection, and background
/// jobs find one, too. An organisation's reads have half of them at most, and its changes a quarter.
/// </summary>
/// <remarks>
/// Files have lanes of their own: they keep their places while they arrive, so that a slow one makes nobody wait but who also sends files.
/// Whoever floods waits for themselves, and others find places. Changes wait for rows that somebody holds, and reads do not: however many wait for one row,
/// their organisation reads on. Who has not logged in counts as one more organisation, but quotes for nobody have a small lane of their own: anybody may ask
/// for them, and however many do, they delay no one.
/// </remarks>
internal sealed class RequestPlaces : IDisposable
{
    // Behind more than these for each place, a client would wait for seconds, and give up.
    private const int MostWaitingForEach = 100;

    // A quote is computed in a fraction of a millisecond, so few places are enough for some thousands of them in a second.
    private const int PlacesForEachOfAnonymousQuotes = 10;

    // No organisation has this id.
    private static readonly Guid Nobody = Guid.Empty;

    public RequestPlaces(NpgsqlDataSource database)
    {
        var places = new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 2;
        var (ofReads, ofChanges, ofAll) = (LaneOf(places / 2), LaneOf(places / 4), LaneOf(places));
        // Who waits for a place of its organisation's keeps none of all.
        Limiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, Lane>(context =>
            {
                var isChange = IsChange(context);
                return RateLimitPartition.Get(new Lane(OrganizationOf(context), isChange), isChange ? ofChanges : ofReads);
            }),
            PartitionedRateLimiter.Create<HttpContext, Lane>(_ => RateLimitPartition.Get(default, ofAll))
        );
        var (ofUploads, ofAllUploads) = (LaneOf(places / 8), LaneOf(places / 4));
        Uploads = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, Lane>(context =>
                RateLimitPartition.Get(new Lane(OrganizationOf(context), IsOfChanges: true), ofUploads)
            ),
            PartitionedRateLimiter.Create<HttpContext, Lane>(_ => RateLimitPartition.Get(default, ofAllUploads))
        );
        AnonymousQuotes = LaneOf(places / PlacesForEachOfAnonymousQuotes)(default);
    }

    /// <summary>Places of requests. It forgets an organisation of which none came for ten seconds.</summary>
    public PartitionedRateLimiter<HttpContext> Limiter { get; }

    /// <summary>Places of requests that send a file: beside the others', as they are kept for as long as a client takes to send it.</summary>
    public PartitionedRateLimiter<HttpContext> Uploads { get; }

    public RateLimiter AnonymousQuotes { get; }

    public void Dispose()
    {
        Limiter.Dispose();
        Uploads.Dispose();
        AnonymousQuotes.Dispose();
    }

    public static bool IsChange(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private static Guid OrganizationOf(HttpContext context) => (context.User.Identity as CallerIdentity)?.OrganizationId ?? Nobody;

    // Each waits in the order in which it came.
    private static Func<Lane, RateLimiter> LaneOf(int places)
    {
        var options = new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Max(1, places),
            QueueLimit = Math.Max(1, places) * MostWaitingForEach,
        };
        return _ => new ConcurrencyLimiter(options);
    }

    private readonly record struct Lane(Guid Organization, bool IsOfChanges);
}
