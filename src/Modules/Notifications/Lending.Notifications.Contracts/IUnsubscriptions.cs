namespace Lending.Notifications.Contracts;

/// <summary>Lets whoever holds the link in a mail switch such mails off, without an account.</summary>
public interface IUnsubscriptions
{
    /// <summary>What the mails are about that this token switches off, as the API writes it: <c>OFFERS</c>; null for a token that we did not make.</summary>
    string? TopicOf(string token);

    /// <summary>Switches them off; the second time changes nothing. False for a token that we did not make.</summary>
    Task<bool> SwitchOffAsync(string token, CancellationToken ct);
}
