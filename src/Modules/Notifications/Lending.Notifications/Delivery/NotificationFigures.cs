using Lending.Platform.Telemetry;

namespace Lending.Notifications.Delivery;

/// <summary>What metrics tell of messages. Both are found by the index of what is due.</summary>
internal static class NotificationFigures
{
    private const string Meter = "Lending.Notifications";
    private const string Unfinished = "FROM notifications.notifications WHERE status IN ('QUEUED', 'SENDING')";

    public static readonly CountedFigure Waiting = new(
        Meter,
        "lending.mails.waiting",
        "{mail}",
        "Mails that wait to be sent.",
        $"SELECT count(*)::float8 {Unfinished} AND created_at <= $1"
    );

    public static readonly CountedFigure Oldest = new(
        Meter,
        "lending.mails.oldest",
        "s",
        "How long the oldest mail has waited that is not sent yet.",
        $"SELECT coalesce(extract(epoch FROM $1 - min(created_at)), 0)::float8 {Unfinished} AND created_at <= $1"
    );
}
