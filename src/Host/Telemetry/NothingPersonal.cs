using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Lending.Host.Telemetry;

/// <summary>
/// Leaves in a span only what is known to be nobody's: of an address its route, of a statement its text, which never holds values. What a new version of
/// a library adds is left out until it stands here.
/// </summary>
internal sealed class NothingPersonal : BaseProcessor<Activity>
{
    private const string ServerAddress = "server.address";

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "db.namespace",
            "db.operation.name",
            "db.query.text",
            "db.response.status_code",
            "db.system.name",
            "error.type",
            "http.request.method",
            "http.response.status_code",
            "http.route",
            "network.protocol.version",
            ServerAddress,
            "server.port",
            "url.scheme",
        ],
        StringComparer.Ordinal
    );

    private readonly ActivityListener exceptions = new()
    {
        ShouldListenTo = _ => true,
        // What an exception says may quote data; its type and where it was thrown do not. What stands here is not added again by the activity.
        ExceptionRecorder = (_, exception, ref tags) =>
        {
            tags.Add("exception.message", "");
            tags.Add("exception.stacktrace", exception.StackTrace);
        },
    };

    public NothingPersonal() => ActivitySource.AddActivityListener(exceptions);

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data is { Kind: ActivityKind.Client, ParentId: null })
        {
            // Jobs look every few seconds whether there is work. Nobody looks at that.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }
        foreach (var (name, _) in data.TagObjects.ToList())
        {
            // The address of a request is what its client has put there.
            if (!Known.Contains(name) || (name == ServerAddress && data.Kind == ActivityKind.Server))
            {
                data.SetTag(name, null);
            }
        }
        // A caller may have put anything there; null would be the parent's.
        data.TraceStateString = "";
        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        exceptions.Dispose();
        base.Dispose(disposing);
    }
}
