namespace Lending.Notifications.Contracts;

/// <summary>In whose name messages are sent and letters are written: whoever writes asks, and the module that knows organisations answers.</summary>
public interface IMessageSenders
{
    /// <summary>How this organisation signs its messages, read in the caller's transaction.</summary>
    Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct);
}

/// <summary>The organisation in whose name a message is sent.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Language">The language of its messages: <c>en</c> or <c>de</c>; any other gets English.</param>
/// <param name="TimeZone">IANA name of the time zone in which its messages tell times.</param>
/// <param name="IsSandbox">Whether it only tries things out: then nothing leaves.</param>
public sealed record MessageSender(string Name, string Language, string TimeZone, bool IsSandbox = false);
